package runner

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// A Difference is the first place where the outputs of a cell part.
type Difference struct {
	Where   string `json:"where"` // "output 2, text/html, line 7"
	Saved   string `json:"a"`     // the lines; empty where one side has none
	Got     string `json:"b"`
	Numbers string `json:"numbers,omitempty"` // how far apart the lines' numbers, or the pixels, are; empty when text differs too
}

// Compare returns the first difference of two saved lists of outputs, whatever Jupyter
// client saved them; nil is equality.
func Compare(a, b []*nb.Output) *Difference {
	if first(adjoin(a), adjoin(b)) == nil {
		return nil
	}
	return first(coalesce(a), coalesce(b))
}

// difference compares saved outputs with those of a run, whose streams are as the cell
// wrote them; nil is equality. Jupyter clients record streams in three ways: as they came,
// coalesced (nbclient), or as a terminal would show them (JupyterLab). All three count.
func difference(saved, raw []*nb.Output) *Difference {
	diff := first(coalesce(saved), coalesce(raw))
	if diff == nil || first(adjoin(saved), terminal(raw)) == nil {
		return nil
	}
	return diff
}

func first(saved, got []*nb.Output) *Difference {
	for i := range max(len(saved), len(got)) {
		where := fmt.Sprintf("output %d", i+1)
		var a, b map[string]string
		if i < len(saved) {
			a = parts(saved[i])
		}
		if i < len(got) {
			b = parts(got[i])
		}
		if i < len(saved) && i < len(got) && kind(saved[i]) != kind(got[i]) {
			return &Difference{Where: where, Saved: summary(saved[i], a), Got: summary(got[i], b)}
		}
		for _, name := range union(a, b) {
			if a[name] == b[name] && has(a, name) == has(b, name) {
				continue
			}
			return differing(where+", "+name, a, b, name)
		}
	}
	return nil
}

// kind is the type of an output, of a stream with its name.
func kind(o *nb.Output) string {
	if o.Type == nb.Stream {
		return o.Name
	}
	return o.Type
}

// summary is an output in a line, from its parts.
func summary(o *nb.Output, parts map[string]string) string {
	names := union(parts, nil)
	if len(names) == 0 {
		return kind(o)
	}
	name := names[0]
	text := parts[name]
	if strings.Contains(name, "image/") {
		text = binary(text)
	}
	return kind(o) + ": " + firstLine(text)
}

func has(m map[string]string, name string) bool { _, ok := m[name]; return ok }

// union lists the names of both sides, text/plain first as it is the easiest to read.
func union(a, b map[string]string) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	names := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(names, func(x, y string) int { return rank(x) - rank(y) })
	return names
}

func rank(name string) int {
	if strings.HasSuffix(name, "text/plain") {
		return 0
	}
	return 1
}

// parts takes an output apart into named texts that are to be equal.
func parts(o *nb.Output) map[string]string {
	switch o.Type {
	case nb.Stream:
		return map[string]string{o.Name: o.Text}
	case nb.Error:
		return map[string]string{"error": o.EName + ": " + o.EValue, "traceback": strings.Join(o.Traceback, "\n")}
	}
	p := map[string]string{}
	for mime, v := range o.Data {
		p[o.Type+" "+mime] = textOf(v)
	}
	if len(o.Metadata) > 0 {
		p[o.Type+" metadata"] = textOf(o.Metadata)
	}
	return p
}

func textOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return nb.JSON(v)
}

func differing(where string, a, b map[string]string, name string) *Difference {
	switch {
	case !has(b, name):
		return &Difference{Where: where, Saved: firstLine(a[name]), Got: ""}
	case !has(a, name):
		return &Difference{Where: where, Saved: "", Got: firstLine(b[name])}
	case strings.Contains(name, "image/") && !strings.Contains(name, "svg"):
		return &Difference{Where: where, Saved: binary(a[name]), Got: binary(b[name]), Numbers: pixels(a[name], b[name])}
	}
	x, y := strings.SplitAfter(a[name], "\n"), strings.SplitAfter(b[name], "\n")
	for i := range max(len(x), len(y)) {
		l, r := at(x, i), at(y, i)
		if l == r {
			continue
		}
		d := &Difference{Where: fmt.Sprintf("%s, line %d", where, i+1), Saved: quoteInvisible(l, r), Got: quoteInvisible(r, l)}
		d.Numbers = numbers(l, r)
		return d
	}
	panic("internal error: runner: equal texts differ")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// quoteInvisible shows a line; quoted where the difference could not be seen otherwise.
func quoteInvisible(line, other string) string {
	text := strings.TrimSuffix(line, "\n")
	if strings.TrimSpace(text) == strings.TrimSpace(other) || printable(text) != text {
		return fmt.Sprintf("%q", line)
	}
	return text
}

func binary(base64 string) string {
	text := strings.TrimRight(strings.TrimSpace(base64), "=")
	return fmt.Sprintf("%d bytes, %s", len(text)*3/4, digest(base64))
}

// adjoin unites neighbouring streams of one name, which clients may cut anywhere.
func adjoin(outputs []*nb.Output) []*nb.Output {
	var list []*nb.Output
	for _, o := range outputs {
		if n := len(list); n > 0 && o.Type == nb.Stream && list[n-1].Type == nb.Stream && list[n-1].Name == o.Name {
			joined := *list[n-1]
			joined.Text += o.Text
			list[n-1] = &joined
			continue
		}
		list = append(list, o)
	}
	return list
}

// terminal shows each stream as JupyterLab saves it: a carriage return goes back to the
// line's start, a backspace one character, and text overwrites what stood there.
func terminal(raw []*nb.Output) []*nb.Output {
	list := adjoin(raw)
	for i, o := range list {
		if o.Type == nb.Stream && strings.ContainsAny(o.Text, "\r\b") {
			shown := *o
			shown.Text = ledger.Overwrite(o.Text)
			list[i] = &shown
		}
	}
	return list
}
