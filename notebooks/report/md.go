package report

import (
	"encoding/base64"
	"fmt"
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
	return text
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
		b.WriteString(fence(source, "go"))
	}
	if !o.tagged("remove-output") && !o.off("output") {
		for _, out := range c.Outputs {
			b.WriteString(m.output(out, o))
		}
	}
	return b.String()
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
		return fence(stripANSI(nb.LastWrite(out.Text)), "text")
	case nb.Error:
		return fence(stripANSI(strings.Join(out.Traceback, "\n")), "text")
	}
	for _, mime := range order {
		v, ok := out.Data[mime]
		s, isText := v.(string)
		switch {
		case !ok:
		case mime == "application/json":
			return fence(nb.JSON(v), "json")
		case !isText:
		case mime == "text/html":
			return m.clean(s, imageSource{}) + "\n\n"
		case mime == "text/markdown":
			return s + "\n\n"
		case mime == "text/latex":
			return "$$\n" + strings.Trim(strings.TrimSpace(s), "$") + "\n$$\n\n"
		case mime == "text/plain":
			return fence(stripANSI(s), "text")
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
	return fmt.Sprintf("![%s](%s)\n\n", strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(alt), m.file(mime, data))
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
