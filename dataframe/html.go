package dataframe

import (
	"html"
	"strings"
)

const (
	setRight = ` style="text-align: right;"`
	setLeft  = ` style="text-align: left;"`
	faint    = ` style="text-align: right; font-weight: normal; opacity: 0.6;"`
)

// HTML is the frame as a table: names, types, rows with their labels, and the
// size below; long and wide frames are cut as in Text.
func HTML(df DataFrame) string {
	g := makeGrid(open("HTML", df))
	var b strings.Builder
	b.WriteString("<table border=\"1\" class=\"dataframe\">\n  <thead>\n")
	g.writeHeader(&b)
	b.WriteString("  </thead>\n  <tbody>\n")
	for r := range g.index {
		if r == g.rowGap {
			g.writeRow(&b, "...", func(shownColumn) string { return "..." })
		}
		g.writeRow(&b, g.index[r], func(c shownColumn) string { return strings.TrimSpace(c.cells[r]) })
	}
	b.WriteString("  </tbody>\n</table>\n<p>" + strings.Replace(describeShape(g.rows, g.columns), "x", "×", 1) + "</p>")
	return b.String()
}

func (g grid) writeHeader(b *strings.Builder) {
	b.WriteString("    <tr" + setRight + ">\n      <th></th>\n")
	g.eachColumn(func(c shownColumn) { writeCellHTML(b, "th", "", c.name) })
	b.WriteString("    </tr>\n    <tr>\n")
	writeCellHTML(b, "th", "", g.label)
	g.eachColumn(func(c shownColumn) { writeCellHTML(b, "th", faint, c.dtype) })
	b.WriteString("    </tr>\n")
}

func (g grid) writeRow(b *strings.Builder, label string, text func(shownColumn) string) {
	b.WriteString("    <tr>\n")
	writeCellHTML(b, "th", "", label)
	g.eachColumn(func(c shownColumn) {
		style := setLeft
		if c.right {
			style = setRight
		}
		if c.cells == nil {
			writeCellHTML(b, "td", style, "...")
			return
		}
		writeCellHTML(b, "td", style, text(c))
	})
	b.WriteString("    </tr>\n")
}

// eachColumn visits the shown columns, and a column of dots where some are left out.
func (g grid) eachColumn(visit func(shownColumn)) {
	for i, c := range g.shown {
		if i == g.columnGap {
			visit(shownColumn{name: "...", dtype: "...", right: true})
		}
		visit(c)
	}
}

func writeCellHTML(b *strings.Builder, tag, style, text string) {
	b.WriteString("      <" + tag + style + ">" + html.EscapeString(text) + "</" + tag + ">\n")
}
