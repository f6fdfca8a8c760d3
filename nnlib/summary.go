package nnlib

import (
	"fmt"
	"html"
	"strings"
)

// A Summary is a table of a model's layers.
type Summary struct {
	Title                   string
	Rows                    []SummaryRow
	Trainable, NonTrainable int
}

// A SummaryRow is one layer.
type SummaryRow struct {
	Name, Kind string
	Output     Shape // of one sample
	Params     int
	From       []string // where that is not just the row before
}

// String is the model's Summary, so that a model shows as its layers.
func (m *Model) String() string { return m.Summary().String() }

// HTML is the model's Summary as a table.
func (m *Model) HTML() string { return m.Summary().HTML() }

// Summary returns the model's layers as a table, which a notebook shows.
func (m *Model) Summary() *Summary {
	s := &Summary{Title: fmt.Sprintf("Model %d", m.number)}
	counted := map[*bound]bool{}
	for k, n := range m.nodes {
		if n.layer == nil && len(m.inputs) == 1 {
			continue
		}
		row := SummaryRow{Name: n.name, Kind: "Input", Output: n.shape}
		if n.layer != nil {
			row.Kind = typeName(n.layer)
		}
		for _, f := range n.from {
			if len(n.from) > 1 || k > 0 && f != m.nodes[k-1] {
				row.From = append(row.From, f.name)
			}
		}
		for _, p := range n.params {
			if !counted[n.bound] {
				row.Params += len(p.Value.Data)
			}
		}
		counted[n.bound] = true
		s.Rows = append(s.Rows, row)
	}
	for _, p := range m.params {
		if p.Trainable {
			s.Trainable += len(p.Value.Data)
		} else {
			s.NonTrainable += len(p.Value.Data)
		}
	}
	return s
}

func (r SummaryRow) cells() []string {
	name := fmt.Sprintf("%s (%s)", r.Name, r.Kind)
	if len(r.From) > 0 {
		name += " from " + strings.Join(r.From, ", ")
	}
	shape := "(batch"
	for _, d := range r.Output {
		shape += fmt.Sprintf(", %d", d)
	}
	return []string{name, shape + ")", fmt.Sprint(r.Params)}
}

func (s *Summary) head() []string { return []string{"Layer (type)", "Output Shape", "Param #"} }

func (s *Summary) foot() []string {
	return []string{
		fmt.Sprintf("Total params: %d", s.Trainable+s.NonTrainable),
		fmt.Sprintf("Trainable params: %d", s.Trainable),
		fmt.Sprintf("Non-trainable params: %d", s.NonTrainable),
	}
}

// String returns the table as text.
func (s *Summary) String() string {
	lines := [][]string{s.head()}
	for _, r := range s.Rows {
		lines = append(lines, r.cells())
	}
	widths := make([]int, 3)
	for _, l := range lines {
		for k, c := range l {
			widths[k] = max(widths[k], len(c))
		}
	}
	rule := strings.Repeat("─", widths[0]+widths[1]+widths[2]+4) + "\n"
	var b strings.Builder
	b.WriteString(s.Title + "\n" + rule)
	for k, l := range lines {
		fmt.Fprintf(&b, "%-*s  %-*s  %*s\n", widths[0], l[0], widths[1], l[1], widths[2], l[2])
		if k == 0 {
			b.WriteString(rule)
		}
	}
	return b.String() + rule + strings.Join(s.foot(), "\n")
}

// HTML returns the table for a notebook.
func (s *Summary) HTML() string {
	var b strings.Builder
	row := func(tag string, cells []string) {
		b.WriteString("<tr>")
		for k, c := range cells {
			align := "left"
			if k == 2 {
				align = "right"
			}
			fmt.Fprintf(&b, `<%s style="text-align:%s">%s</%s>`, tag, align, html.EscapeString(c), tag)
		}
		b.WriteString("</tr>\n")
	}
	fmt.Fprintf(&b, "<table>\n<caption>%s</caption>\n<thead>", html.EscapeString(s.Title))
	row("th", s.head())
	b.WriteString("</thead>\n<tbody>\n")
	for _, r := range s.Rows {
		row("td", r.cells())
	}
	b.WriteString("</tbody>\n</table>\n<p>" + strings.Join(s.foot(), "<br>") + "</p>")
	return b.String()
}
