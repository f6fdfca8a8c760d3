package nnlib

import (
	"fmt"
	"html"
	"strings"
)

// A drawing collects the elements of an SVG picture. Its grey reads on light and on
// dark pages, and is lighter where the reader prefers dark ones: JupyterLab shows a
// picture as an image, which does not know the colours of its page. The same picture
// is the same bytes.
type drawing struct {
	width, height int
	body          strings.Builder
}

const drawingStyle = `svg.nnlib{font:12px system-ui,sans-serif;max-width:100%;height:auto;color:#6b727c}` +
	`@media (prefers-color-scheme:dark){svg.nnlib{color:#b9c0ca}}` +
	`svg.nnlib text{fill:currentColor}svg.nnlib .soft{fill-opacity:.85}svg.nnlib text.light{fill:#fff}` +
	`svg.nnlib .line{stroke:currentColor;stroke-opacity:.45;fill:none}svg.nnlib .grid{stroke:currentColor;stroke-opacity:.14}`

// text writes a line of text.
func (d *drawing) text(x, y float64, anchor, class, s string) {
	fmt.Fprintf(&d.body, `<text x="%g" y="%g" text-anchor="%s"`, x, y, anchor)
	if class != "" {
		fmt.Fprintf(&d.body, ` class="%s"`, class)
	}
	d.body.WriteString(">" + html.EscapeString(s) + "</text>\n")
}

// svg returns the picture; label says what it is to who cannot see it.
func (d *drawing) svg(label string) string {
	return fmt.Sprintf(`<svg class="nnlib" xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n<style>%s</style>\n%s</svg>",
		d.width, d.height, d.width, d.height, html.EscapeString(label), drawingStyle, d.body.String())
}
