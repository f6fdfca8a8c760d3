package report

import (
	"encoding/base64"
	"fmt"
	"html"
	"path"
	"strings"

	"reprise/notebooks/nb"
)

// Markdown writes the notebook as GitHub's Markdown. Images become files: their names
// begin with folder, which the text links to.
func Markdown(book *nb.Notebook, o Options, folder string) (text []byte, files map[string][]byte, warnings []string) {
	m := &markdowner{printer: printer{options: o, ids: map[string]bool{}}, folder: folder, files: map[string][]byte{}}
	var b strings.Builder
	for i, c := range book.Cells {
		m.place = fmt.Sprintf("cell %d", i+1)
		if s := strings.Trim(m.cell(c), "\n"); s != "" {
			if why := o.OutOfDate[i]; why != "" {
				b.WriteString("**Out of date: " + why + ".**\n\n")
			}
			b.WriteString(s + "\n\n")
		}
	}
	b.WriteString(m.proof(book))
	return []byte(strings.TrimSuffix(b.String(), "\n")), m.files, m.warnings
}

// proof is the end of the page, as a list.
func (m *markdowner) proof(book *nb.Notebook) string {
	if len(m.options.Ledger) == 0 && m.options.Command == "" {
		return ""
	}
	text := "## About this report\n\n"
	for _, row := range m.facts(book) {
		text += "* " + row[0] + ": `" + strings.Join(row[1:], "`, `") + "`\n"
	}
	return text + m.executions()
}

// executions is the table of what every cell was, showed and drew, folded.
func (m *markdowner) executions() string {
	rows := cellRows(m.options.Ledger)
	if len(rows) == 0 {
		return ""
	}
	text := cellRowsCaption + "\n\n| " + strings.Join(cellRowsHeader, " | ") + " |\n|---|---|---|---|\n"
	for _, r := range rows {
		text += fmt.Sprintf("| %s | `%s` | `%s` | %s |\n", r.name, r.source, r.output, strings.ReplaceAll(r.drawn, "|", "\\|"))
	}
	return "\n" + fold(true, "Ledger", text)
}

// fold hides Markdown behind a line; GitHub, GitLab and most others show it so.
func fold(closed bool, summary, text string) string {
	open := " open"
	if closed {
		open = ""
	}
	return fmt.Sprintf("<details%s><summary>%s</summary>\n\n%s\n\n</details>\n\n", open, html.EscapeString(summary), strings.Trim(text, "\n"))
}

type markdowner struct {
	printer
	folder string
	files  map[string][]byte
}

func (m *markdowner) cell(c *nb.Cell) string {
	o, source := readOptions(c)
	if o.tagged("remove-cell") || o.off("include") {
		return ""
	}
	if c.Type == nb.Markdown {
		return m.attachments(c)
	}
	if c.Type != nb.Code {
		return ""
	}
	var b strings.Builder
	if strings.TrimSpace(source) != "" && !o.tagged("remove-input") && !o.off("echo") {
		text := fence(source, "go")
		if m.options.Fold || o.tagged("hide-input") || o.on("code-fold") || sourceHidden(c) {
			text = fold(true, firstOf(o.quarto["code-summary"], prompt(c)), text)
		}
		b.WriteString(text)
	}
	if !o.tagged("remove-output") && !o.off("output") {
		b.WriteString(m.outputs(c, o))
	}
	if b.Len() > 0 && o.tagged("hide-cell") {
		return fold(true, "Hidden cell", b.String())
	}
	return b.String()
}

func (m *markdowner) outputs(c *nb.Cell, o cellOptions) string {
	var b strings.Builder
	for _, out := range c.Outputs {
		if !o.silences(out) {
			b.WriteString(m.output(out, o))
		}
	}
	if b.Len() > 0 && (o.tagged("hide-output") || outputsHidden(c)) {
		return fold(true, "Output", b.String())
	}
	return b.String()
}

// lines is an output of text, folded when it is long.
func (m *markdowner) lines(text, language string) string {
	if n := strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1; n > longOutput {
		return fold(true, fmt.Sprintf("Output, %d lines", n), fence(text, language))
	}
	return fence(text, language)
}

// fence is a code block whose fence is longer than any in the code.
func fence(code, language string) string {
	mark := "```"
	for strings.Contains(code, mark) {
		mark += "`"
	}
	return mark + language + "\n" + strings.TrimRight(code, "\n") + "\n" + mark + "\n\n"
}

// attachments writes the cell's attached images beside the text.
func (m *markdowner) attachments(c *nb.Cell) string {
	source := c.Source
	for _, name := range sortedKeys(namesOf(c.Attachments)) {
		bundle, _ := c.Attachments[name].(map[string]any)
		for _, mime := range imageOrder {
			if data, ok := bundle[mime].(string); ok {
				source = strings.ReplaceAll(source, "attachment:"+name, m.file(mime, data))
				break
			}
		}
	}
	return source
}

func namesOf(o map[string]any) map[string]string {
	names := map[string]string{}
	for name := range o {
		names[name] = ""
	}
	return names
}

func (m *markdowner) output(out *nb.Output, o cellOptions) string {
	switch out.Type {
	case nb.Stream:
		return m.lines(stripANSI(nb.LastWrite(out.Text)), "text")
	case nb.Error:
		return m.lines(stripANSI(strings.Join(out.Traceback, "\n")), "text")
	}
	for _, mime := range order {
		v, ok := out.Data[mime]
		s, isText := v.(string)
		switch {
		case !ok:
		case mime == "application/json":
			return m.lines(nb.JSON(v), "json")
		case !isText:
		case mime == "text/html":
			return m.clean(s, imageSource{}) + "\n\n"
		case mime == "text/markdown":
			return s + "\n\n"
		case mime == "text/latex":
			return "$$\n" + strings.Trim(strings.TrimSpace(s), "$") + "\n$$\n\n"
		case mime == "text/plain":
			return m.lines(stripANSI(s), "text")
		default:
			return m.picture(mime, s, out, o)
		}
	}
	m.warn("no representation that can be shown: %s", strings.Join(typesOf(out), ", "))
	return ""
}

func (m *markdowner) picture(mime, data string, out *nb.Output, o cellOptions) string {
	alt := altOf(mime, data, out, o)
	if alt == "" {
		m.warn("a figure has no description; give the plot a title or the cell a line //| fig-alt: …")
	}
	m.figures++
	caption := ""
	if text := o.quarto["fig-cap"]; text != "" {
		caption = fmt.Sprintf("*Figure %d: %s*\n\n", m.figures, text)
	}
	return fmt.Sprintf("![%s](%s)\n\n%s", strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(alt), m.file(mime, data), caption)
}

// file keeps an image for the folder and returns the path that the text links to.
func (m *markdowner) file(mime, data string) string {
	content := []byte(data)
	ext := ".svg"
	if mime != "image/svg+xml" {
		ext = "." + strings.TrimPrefix(mime, "image/")
		plain, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
		if err != nil {
			m.warn("an image is not base64: %v", err)
		}
		content = plain
	}
	name := path.Join(m.folder, fmt.Sprintf("figure-%d%s", len(m.files)+1, ext))
	m.files[name] = content
	return strings.ReplaceAll(name, " ", "%20")
}
