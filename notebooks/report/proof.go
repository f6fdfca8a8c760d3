package report

import (
	"crypto/sha256"
	"fmt"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// proof ends the page: which notebook this is, what made it, what it depended on, how to check it.
func (p *printer) proof(book *nb.Notebook) string {
	var b strings.Builder
	b.WriteString("<footer>\n<h2 id=\"about-this-report\">About this report</h2>\n<dl>\n")
	for _, row := range p.facts(book) {
		fmt.Fprintf(&b, "<dt>%s</dt>", html.EscapeString(row[0]))
		for _, value := range row[1:] {
			fmt.Fprintf(&b, "<dd><code>%s</code></dd>", html.EscapeString(value))
		}
		b.WriteString("\n")
	}
	b.WriteString("</dl>\n")
	b.WriteString(p.executions(p.options.Ledger))
	if !p.options.Paper {
		b.WriteString("<p>The notebook is inside this file.</p>\n")
	}
	b.WriteString("</footer>\n")
	return b.String()
}

// facts are names with one or more values.
func (p *printer) facts(book *nb.Notebook) (rows [][]string) {
	row := func(name string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			rows = append(rows, append([]string{name}, values...))
		}
	}
	row("Notebook, SHA-256", fmt.Sprintf("%x", sha256.Sum256(book.Encode())))
	if l, ok := book.Metadata["language_info"].(map[string]any); ok {
		row("Language", strings.TrimSpace(fmt.Sprint(l["name"], " ", l["version"])))
	}
	records := p.options.Ledger
	if len(records) > 0 {
		state := "whole"
		if err := ledger.Check(records); err != nil {
			state = "broken: " + err.Error()
		}
		row("Ledger, root", ledger.Root(records))
		row("Ledger", fmt.Sprintf("%d records, %s", len(records), state))
		row("Seeds", seedsOf(records)...)
		row("Files", filesOf(records)...)
		row("May differ next time", chancesOf(records)...)
	}
	if l, _, err := ledger.LoadLock(book.Metadata, records); err == nil && l != nil {
		row("Made with", madeWith(l)...)
		row("Arithmetic, canary", l.Canary)
	}
	if p.options.Verified != "" {
		row("Verified", p.options.Verified)
	} else if p.options.Command != "" {
		row("Verified", "not when this was written")
	}
	row("Check it with", p.options.Command)
	return rows
}

// seedsOf lists the seeds in the order in which they came into force.
func seedsOf(records []ledger.Record) (list []string) {
	add := func(seed string) {
		if !slices.Contains(list, seed) {
			list = append(list, seed)
		}
	}
	for _, r := range records {
		if r.Name != "" && r.Seed != 0 {
			add(strconv.FormatUint(r.Seed, 10))
		}
		for _, s := range append(slices.Clone(r.Roots), r.Entropy...) {
			add(s)
		}
	}
	return list
}

func filesOf(records []ledger.Record) (list []string) {
	for _, r := range records {
		for _, f := range r.Files {
			list = append(list, fmt.Sprintf("%s: %s %s, SHA-256 %s", r.Name, f.Mode, f.Path, f.Hash))
		}
	}
	return list
}

func chancesOf(records []ledger.Record) (list []string) {
	for _, r := range records {
		for _, n := range r.Notes {
			list = append(list, r.Name+": "+n.Sentence())
		}
	}
	return list
}

func madeWith(l *ledger.Lock) []string {
	list := []string{"Go " + l.Language}
	for _, m := range slices.Sorted(maps.Keys(l.Modules)) {
		list = append(list, m+" "+l.Modules[m])
	}
	return append(list, fmt.Sprintf("nnlib algorithm %d", l.Algorithm))
}

// cellRow is a row of the table of what every cell was, showed and drew.
type cellRow struct{ name, source, output, drawn string }

func cellRows(records []ledger.Record) (rows []cellRow) {
	for _, r := range records {
		if r.Name == "" {
			continue
		}
		var drawn []string
		for _, d := range r.Draws {
			drawn = append(drawn, fmt.Sprintf("%d from %s", d.Draws, d.Name()))
		}
		rows = append(rows, cellRow{r.Name, fmt.Sprintf("%.12s", r.Source), fmt.Sprintf("%.12s", r.Output), strings.Join(drawn, ", ")})
	}
	return rows
}

const cellRowsCaption = "What every cell was, showed and drew (words of 32 bits, by stream)"

var cellRowsHeader = []string{"Cell", "Text, SHA-256", "Output, SHA-256", "Random numbers"}

// executions is that table, folded.
func (p *printer) executions(records []ledger.Record) string {
	var rows strings.Builder
	for _, r := range cellRows(records) {
		fmt.Fprintf(&rows, "<tr><th scope=\"row\">%s</th><td><code>%s</code></td><td><code>%s</code></td><td>%s</td></tr>\n",
			html.EscapeString(r.name), r.source, r.output, html.EscapeString(r.drawn))
	}
	if rows.Len() == 0 {
		return ""
	}
	p.tables++
	header := "<th scope=\"col\">" + strings.Join(cellRowsHeader, "</th><th scope=\"col\">") + "</th>"
	table := fmt.Sprintf("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table %d\"><table>\n<caption>%s</caption>\n", p.tables, cellRowsCaption) +
		"<thead><tr>" + header + "</tr></thead>\n<tbody>\n" + rows.String() + "</tbody></table></div>"
	return p.long("ledger", "Ledger", table)
}
