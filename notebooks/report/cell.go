package report

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"reprise/notebooks/nb"
)

func (p *printer) cell(c *nb.Cell) string {
	switch c.Type {
	case nb.Markdown:
		if (&cellOptions{tags: tagsOf(c)}).tagged("remove-cell") {
			return ""
		}
		return "<section class=\"text\">\n" + p.markdown(c.Source, c.Attachments) + "</section>\n"
	case nb.Code:
		return p.code(c)
	}
	return "" // raw cells are for other converters
}

func (p *printer) code(c *nb.Cell) string {
	o, source := readOptions(c)
	if o.tagged("remove-cell") || o.off("include") {
		return ""
	}
	var b strings.Builder
	if strings.TrimSpace(source) != "" && !o.tagged("remove-input") && !o.off("echo") {
		folded := p.options.Fold || o.tagged("hide-input") || o.on("code-fold") || sourceHidden(c)
		b.WriteString(details(folded, "code", firstOf(o.quarto["code-summary"], prompt(c)), "<pre tabindex=\"0\"><code>"+highlight(source, "go")+"</code></pre>"))
	}
	if !o.tagged("remove-output") && !o.off("output") {
		out := p.outputs(c, o)
		if out != "" && (o.tagged("hide-output") || outputsHidden(c)) {
			out = details(true, "output", "Output", out)
		}
		b.WriteString(out)
	}
	if b.Len() == 0 {
		return ""
	}
	if o.tagged("hide-cell") {
		return details(true, "cell", "Hidden cell", b.String())
	}
	return "<section class=\"cell\">\n" + b.String() + "</section>\n"
}

func prompt(c *nb.Cell) string {
	if c.Count == nil {
		return "Go"
	}
	return fmt.Sprintf("Go [%d]", *c.Count)
}

// details folds content without a script.
func details(closed bool, class, summary, content string) string {
	open := " open"
	if closed {
		open = ""
	}
	return fmt.Sprintf("<details class=\"%s\"%s><summary>%s</summary>\n%s\n</details>\n", class, open, html.EscapeString(summary), strings.TrimRight(content, "\n"))
}

// long folds what is long; on paper, where nobody could unfold it, it is open.
func (p *printer) long(class, summary, content string) string {
	return details(!p.options.Paper, class+" long", summary, content)
}

// cellOptions are a cell's tags and its Quarto options, the lines `//| key: value` on top.
type cellOptions struct {
	tags   []string
	quarto map[string]string
}

func readOptions(c *nb.Cell) (o cellOptions, source string) {
	o = cellOptions{tagsOf(c), map[string]string{}}
	source = c.Source
	for {
		line, rest, _ := strings.Cut(source, "\n")
		option, ok := strings.CutPrefix(strings.TrimSpace(line), "//|")
		if !ok {
			return o, strings.TrimRight(source, "\n")
		}
		if key, value, ok := strings.Cut(option, ":"); ok {
			o.quarto[strings.TrimSpace(key)] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
		source = rest
	}
}

func (o *cellOptions) tagged(tag string) bool { return slices.Contains(o.tags, tag) }
func (o *cellOptions) off(key string) bool    { return o.quarto[key] == "false" }
func (o *cellOptions) on(key string) bool     { return o.quarto[key] == "true" || o.quarto[key] == "hide" }

// tagsOf writes tags with hyphens: remove_cell and remove-cell are in use.
func tagsOf(c *nb.Cell) []string {
	tags := c.Tags()
	for i := range tags {
		tags[i] = strings.ReplaceAll(tags[i], "_", "-")
	}
	return tags
}

func sourceHidden(c *nb.Cell) bool { return jupyterFlag(c, "source_hidden") }
func outputsHidden(c *nb.Cell) bool {
	return jupyterFlag(c, "outputs_hidden") || c.Metadata["collapsed"] == true
}

func jupyterFlag(c *nb.Cell, name string) bool {
	m, _ := c.Metadata["jupyter"].(map[string]any)
	return m[name] == true
}
