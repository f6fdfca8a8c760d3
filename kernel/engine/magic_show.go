package engine

import (
	"context"

	"reprise/kernel/display"
)

func htmlMagic() Magic { return showMagic("html", display.HTML, "Show the cell as HTML.") }
func markdownMagic() Magic {
	return showMagic("markdown", display.Markdown, "Show the cell as Markdown.")
}
func svgMagic() Magic { return showMagic("svg", display.SVG, "Show the cell as an SVG picture.") }

// showMagic shows the cell's text under a MIME type. Front ends without it show the source.
func showMagic(name, mime, doc string) Magic {
	return Magic{
		Name: name,
		Doc:  doc,
		Cell: true,
		Run: func(_ context.Context, c *Call) (Outcome, error) {
			c.Out.Display(display.Bundle{Data: map[string]any{display.Text: c.Body, mime: c.Body}}, "", false)
			return Outcome{}, nil
		},
	}
}
