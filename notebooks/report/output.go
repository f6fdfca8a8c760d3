package report

import (
	"fmt"
	"html"
	"strings"

	"reprise/notebooks/nb"
)

// longOutput is the number of lines from which an output is folded. Nothing is ever cut.
const longOutput = 40

// order is JupyterLab's: the first type that an output has is the one that is shown.
var order = append(append([]string{"text/html", "text/markdown", "text/latex", "image/svg+xml"}, imageOrder...), "application/json", "text/plain")

func (p *printer) outputs(c *nb.Cell, o cellOptions) string {
	var b strings.Builder
	for _, out := range c.Outputs {
		if !o.silences(out) {
			b.WriteString(p.output(out, o))
		}
	}
	return b.String()
}

// silences is Quarto's warning: false.
func (o *cellOptions) silences(out *nb.Output) bool {
	return o.off("warning") && out.Type == nb.Stream && out.Name == "stderr"
}

func (p *printer) output(out *nb.Output, o cellOptions) string {
	switch out.Type {
	case nb.Stream:
		return p.folded(out.Text, fmt.Sprintf("<pre class=\"out %s\" tabindex=\"0\">%s</pre>\n", streamClass(out.Name), ansiHTML(nb.LastWrite(out.Text))))
	case nb.Error:
		text := strings.Join(out.Traceback, "\n")
		if text == "" {
			text = out.EName + ": " + out.EValue
		}
		return p.folded(text, "<pre class=\"out error\" tabindex=\"0\">"+ansiHTML(text)+"</pre>\n")
	case nb.DisplayData, nb.ExecuteResult:
		return p.bundle(out, o)
	}
	p.warn("output of unknown type %q is left out", out.Type)
	return ""
}

func streamClass(name string) string {
	if name == "stderr" {
		return "stderr"
	}
	return "stdout"
}

// folded hides a long text behind a line that says how long it is.
func (p *printer) folded(text, shown string) string {
	if n := strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1; n > longOutput {
		return p.long("output", fmt.Sprintf("Output, %d lines", n), shown)
	}
	return shown
}

// bundle shows the best representation that this page can show.
func (p *printer) bundle(out *nb.Output, o cellOptions) string {
	for _, mime := range order {
		v, ok := out.Data[mime]
		if !ok {
			continue
		}
		s, isText := v.(string)
		switch {
		case mime == "application/json":
			return p.preformatted(nb.JSON(v))
		case !isText:
			continue
		case mime == "text/html":
			return "<div class=\"out html\">" + p.clean(s, imageSource{folder: p.options.Folder}) + "</div>\n"
		case mime == "text/markdown":
			return "<div class=\"out\">" + p.markdown(s, nil) + "</div>\n"
		case mime == "text/latex":
			return "<div class=\"out\"><p>" + p.clean(latex(s), imageSource{}) + "</p></div>\n"
		case mime == "text/plain":
			return p.folded(s, fmt.Sprintf("<pre class=\"out\" tabindex=\"0\">%s</pre>\n", ansiHTML(s)))
		default:
			return p.figure(mime, s, out, o)
		}
	}
	p.warn("no representation that can be shown: %s", strings.Join(typesOf(out), ", "))
	return p.preformatted("[" + strings.Join(typesOf(out), ", ") + "]")
}

func typesOf(out *nb.Output) []string {
	names := map[string]string{}
	for mime := range out.Data {
		names[mime] = ""
	}
	return sortedKeys(names)
}

func (p *printer) preformatted(text string) string {
	return p.folded(text, "<pre class=\"out\" tabindex=\"0\">"+html.EscapeString(visible(text))+"</pre>\n")
}

// latex takes the dollar signs off, which the type text/latex has around TeX.
func latex(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range [][2]string{{"$$", "$$"}, {"$", "$"}, {`\[`, `\]`}, {`\(`, `\)`}} {
		if strings.HasPrefix(s, mark[0]) && strings.HasSuffix(s, mark[1]) && len(s) >= 2*len(mark[0]) {
			return mathML(s[len(mark[0]):len(s)-len(mark[1])], mark[0] != "$" && mark[0] != `\(`)
		}
	}
	return mathML(s, true)
}

// figure shows an image with its number, its caption and what a reader who cannot see it is told.
func (p *printer) figure(mime, data string, out *nb.Output, o cellOptions) string {
	p.figures++
	caption := o.quarto["fig-cap"]
	alt := altOf(mime, data, out, o)
	label := fmt.Sprintf("Figure %d", p.figures)
	if alt == "" {
		p.warn("figure %d has no description; give the plot a title or the cell a line //| fig-alt: …", p.figures)
		alt = label
	}
	if caption != "" {
		label += ": " + caption
	}
	return fmt.Sprintf("<figure id=\"figure-%d\">%s<figcaption>%s</figcaption></figure>\n", p.figures, imageTag(dataURL(mime, data), alt), html.EscapeString(label))
}

// altOf is what the author says of an image: to the cell, in the output's metadata, in
// the drawing, or in its text.
func altOf(mime, data string, out *nb.Output, o cellOptions) string {
	drawn := ""
	if mime == "image/svg+xml" {
		drawn = svgTitle(data)
	}
	plain, _ := out.Data["text/plain"].(string)
	if generic(plain) {
		plain = ""
	}
	return firstOf(o.quarto["fig-alt"], described(out, mime), o.quarto["fig-cap"], drawn, strings.TrimSpace(plain))
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// described is the alt text in the output's metadata, for the type or for the whole output.
func described(out *nb.Output, mime string) string {
	if m, ok := out.Metadata[mime].(map[string]any); ok {
		if s, ok := m["alt"].(string); ok {
			return s
		}
	}
	s, _ := out.Metadata["alt"].(string)
	return s
}

// generic texts such as <Figure size 640x480> describe nothing.
func generic(text string) bool {
	text = strings.TrimSpace(text)
	return text == "" || strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") || strings.HasPrefix(text, "&")
}
