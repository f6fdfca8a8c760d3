package nb

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Decode reads a notebook of nbformat 4. Text that the file splits into lines is joined.
func Decode(data []byte) (*Notebook, error) {
	v, err := parse(data)
	if err != nil {
		return nil, err
	}
	r := &reader{}
	n := r.notebook(v)
	if r.err != nil {
		return nil, r.err
	}
	return n, nil
}

// A reader keeps the first error, so that the code below reads like the format.
type reader struct{ err error }

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *reader) notebook(v any) *Notebook {
	o := r.object("the file", v)
	if !r.version(o) {
		return nil
	}
	n := &Notebook{Metadata: r.object("metadata", take(o, "metadata")), Minor: int(*r.count("nbformat_minor", take(o, "nbformat_minor")))}
	delete(n.Metadata, "orig_nbformat")
	delete(n.Metadata, "orig_nbformat_minor")
	delete(n.Metadata, "signature")
	for i, c := range r.list("cells", take(o, "cells")) {
		n.Cells = append(n.Cells, r.cell(fmt.Sprintf("cells[%d]", i), c))
	}
	n.Extra = o
	return n
}

// version refuses what is not nbformat 4, and takes the field away.
func (r *reader) version(o map[string]any) bool {
	if r.err != nil {
		return false
	}
	format, ok := take(o, "nbformat").(Number)
	if !ok {
		r.fail("not a notebook: the JSON has no nbformat number")
		return false
	}
	minor, ok := o["nbformat_minor"].(Number)
	if !ok {
		minor = "0"
		o["nbformat_minor"] = minor
	}
	switch major, err := strconv.Atoi(string(format)); {
	case err != nil || major < 1:
		r.fail("not a notebook: nbformat is %s", format)
	case major < 4:
		r.fail("nbformat %d.%s: convert it with `jupyter nbconvert --to notebook`", major, minor)
	case major > 4:
		r.fail("nbformat %d.%s is newer than the 4.5 that is known here; save the notebook as nbformat 4", major, minor)
	}
	return r.err == nil
}

func (r *reader) cell(at string, v any) *Cell {
	o := r.object(at, v)
	c := &Cell{
		Type:     r.text(at+".cell_type", take(o, "cell_type")),
		ID:       r.text(at+".id", take(o, "id")),
		Source:   r.text(at+".source", take(o, "source")),
		Metadata: r.object(at+".metadata", take(o, "metadata")),
	}
	if c.Type == "" {
		r.fail("%s: no cell_type", at)
	}
	delete(c.Metadata, "trusted")
	if a, ok := o["attachments"]; ok {
		delete(o, "attachments")
		c.Attachments = r.object(at+".attachments", a)
		for name, bundle := range c.Attachments {
			c.Attachments[name] = r.bundle(at+".attachments."+name, bundle)
		}
	}
	if c.Type == Code {
		c.Count = r.count(at+".execution_count", take(o, "execution_count"))
		for i, out := range r.list(at+".outputs", take(o, "outputs")) {
			c.Outputs = append(c.Outputs, r.output(fmt.Sprintf("%s.outputs[%d]", at, i), out))
		}
	}
	c.Extra = o
	return c
}

func (r *reader) output(at string, v any) *Output {
	o := r.object(at, v)
	out := &Output{Type: r.text(at+".output_type", take(o, "output_type"))}
	switch out.Type {
	case Stream:
		out.Name = r.text(at+".name", take(o, "name"))
		out.Text = r.text(at+".text", take(o, "text"))
	case DisplayData, ExecuteResult:
		out.Data = r.bundle(at+".data", take(o, "data"))
		out.Metadata = r.object(at+".metadata", take(o, "metadata"))
		if out.Type == ExecuteResult {
			out.Count = r.count(at+".execution_count", take(o, "execution_count"))
		}
	case Error:
		out.EName = r.text(at+".ename", take(o, "ename"))
		out.EValue = r.text(at+".evalue", take(o, "evalue"))
		for i, line := range r.list(at+".traceback", take(o, "traceback")) {
			out.Traceback = append(out.Traceback, r.text(fmt.Sprintf("%s.traceback[%d]", at, i), line))
		}
	}
	out.Extra = o
	return out
}

// bundle joins the text of a MIME bundle. JSON types stay as they are: a list there is a list.
func (r *reader) bundle(at string, v any) map[string]any {
	data := r.object(at, v)
	for mime, value := range data {
		if list, ok := value.([]any); ok && !isJSON(mime) && allText(list) {
			data[mime] = join(list)
		}
	}
	return data
}

// text is a string, or the list of lines that nbformat makes of a long one.
func (r *reader) text(at string, v any) string {
	switch t := v.(type) {
	case nil:
		return ""
	case string:
		return t
	case []any:
		if allText(t) {
			return join(t)
		}
	}
	r.fail("%s: want text or a list of lines, got %s", at, kind(v))
	return ""
}

func (r *reader) object(at string, v any) map[string]any {
	switch o := v.(type) {
	case nil:
		return map[string]any{}
	case map[string]any:
		return maps.Clone(o)
	}
	r.fail("%s: want an object, got %s", at, kind(v))
	return map[string]any{}
}

func (r *reader) list(at string, v any) []any {
	list, ok := v.([]any)
	if !ok && v != nil {
		r.fail("%s: want a list, got %s", at, kind(v))
	}
	return list
}

func (r *reader) count(at string, v any) *int {
	if v == nil {
		return nil
	}
	text, _ := v.(Number)
	n, err := strconv.Atoi(string(text))
	if err != nil {
		r.fail("%s: want a whole number, got %s", at, kind(v))
	}
	return &n
}

func take(o map[string]any, key string) any {
	v := o[key]
	delete(o, key)
	return v
}

func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

func allText(list []any) bool {
	for _, v := range list {
		if _, ok := v.(string); !ok {
			return false
		}
	}
	return true
}

func join(lines []any) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.(string))
	}
	return pairSurrogates(b.String())
}

func kind(v any) string {
	switch t := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(t)
	case Number:
		return "the number " + string(t)
	case string:
		return "text"
	case []any:
		return "a list"
	}
	return "an object"
}
