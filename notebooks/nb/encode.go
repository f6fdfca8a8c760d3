package nb

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Encode returns the notebook as Python's nbformat.write would write it. It does not
// change the format's minor version: call Upgrade first where 4.5 is wanted.
func (n *Notebook) Encode() []byte {
	var w writer
	w.value(n.tree(), 0)
	w.WriteByte('\n')
	return w.Bytes()
}

// JSON is the text of one value as it stands in a file.
func JSON(v any) string {
	var w writer
	w.value(v, 0)
	return w.String()
}

func (n *Notebook) tree() map[string]any {
	o := copyOf(n.Extra)
	cells := []any{}
	for _, c := range n.Cells {
		cells = append(cells, c.tree())
	}
	o["cells"] = cells
	o["metadata"] = copyOf(n.Metadata)
	o["nbformat"] = 4
	o["nbformat_minor"] = n.Minor
	return o
}

func (c *Cell) tree() map[string]any {
	o := copyOf(c.Extra)
	o["cell_type"] = c.Type
	o["metadata"] = copyOf(c.Metadata)
	o["source"] = splitLines(c.Source)
	if c.ID != "" {
		o["id"] = c.ID
	}
	if c.Attachments != nil {
		a := map[string]any{}
		for name, bundle := range c.Attachments {
			a[name] = splitBundle(bundle.(map[string]any))
		}
		o["attachments"] = a
	}
	if c.Type == Code {
		outputs := []any{}
		for _, out := range c.Outputs {
			outputs = append(outputs, out.tree())
		}
		o["outputs"] = outputs
		o["execution_count"] = c.Count
	}
	return o
}

func (out *Output) tree() map[string]any {
	o := copyOf(out.Extra)
	o["output_type"] = out.Type
	switch out.Type {
	case Stream:
		o["name"] = out.Name
		o["text"] = splitLines(out.Text)
	case DisplayData, ExecuteResult:
		o["data"] = splitBundle(out.Data)
		o["metadata"] = copyOf(out.Metadata)
		if out.Type == ExecuteResult {
			o["execution_count"] = out.Count
		}
	case Error:
		o["ename"] = out.EName
		o["evalue"] = out.EValue
		traceback := []any{}
		for _, l := range out.Traceback {
			traceback = append(traceback, l)
		}
		o["traceback"] = traceback
	}
	return o
}

func copyOf(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return maps.Clone(m)
}

// splitBundle splits what nbformat splits: text types, SVG and JavaScript.
func splitBundle(data map[string]any) map[string]any {
	o := map[string]any{}
	for mime, v := range data {
		s, ok := v.(string)
		if ok && (strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript") {
			v = splitLines(s)
		}
		o[mime] = v
	}
	return o
}

// splitLines splits as Python's str.splitlines(True) does, which knows eleven line ends.
func splitLines(s string) []any {
	lines := []any{}
	start := 0
	for i, r := range s {
		if !strings.ContainsRune("\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029", r) {
			continue
		}
		if r == '\r' && strings.HasPrefix(s[i+1:], "\n") {
			continue
		}
		end := i + utf8.RuneLen(r)
		lines = append(lines, s[start:end])
		start = end
	}
	if start < len(s) {
		lines = append(lines, s[start:])
	}
	return lines
}

// A writer is json.dumps(indent=1, sort_keys=True, ensure_ascii=False).
type writer struct{ bytes.Buffer }

func (w *writer) value(v any, depth int) {
	switch v := v.(type) {
	case nil:
		w.WriteString("null")
	case bool:
		w.WriteString(strconv.FormatBool(v))
	case int:
		w.WriteString(strconv.Itoa(v))
	case *int:
		if v == nil {
			w.WriteString("null")
		} else {
			w.WriteString(strconv.Itoa(*v))
		}
	case Number:
		w.WriteString(string(v))
	case string:
		w.text(v)
	case []any:
		w.list(v, depth)
	case map[string]any:
		w.object(v, depth)
	default:
		panic(fmt.Sprintf("internal error: nb: a %T in a notebook; pass it through nb.Value", v))
	}
}

func (w *writer) list(list []any, depth int) {
	if len(list) == 0 {
		w.WriteString("[]")
		return
	}
	for i, v := range list {
		w.item("[,"[min(i, 1)], depth+1)
		w.value(v, depth+1)
	}
	w.item(0, depth)
	w.WriteByte(']')
}

func (w *writer) object(o map[string]any, depth int) {
	if len(o) == 0 {
		w.WriteString("{}")
		return
	}
	for i, key := range slices.Sorted(maps.Keys(o)) {
		w.item("{,"[min(i, 1)], depth+1)
		w.text(key)
		w.WriteString(": ")
		w.value(o[key], depth+1)
	}
	w.item(0, depth)
	w.WriteByte('}')
}

// item writes the bracket or comma before an item (0: none) and begins the item's line.
func (w *writer) item(before byte, depth int) {
	if before != 0 {
		w.WriteByte(before)
	}
	w.WriteByte('\n')
	for range depth {
		w.WriteByte(' ')
	}
}

var shortEscapes = map[rune]string{'"': `\"`, '\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\b': `\b`, '\f': `\f`}

func (w *writer) text(s string) {
	w.WriteByte('"')
	for i := 0; i < len(s); {
		if n := plain(s[i:]); n > 0 {
			w.WriteString(s[i : i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if lone, ok := surrogate(s[i:]); ok {
			fmt.Fprintf(w, `\u%04x`, lone)
			size = 3
		} else if short, ok := shortEscapes[r]; ok {
			w.WriteString(short)
		} else if r < 0x20 {
			fmt.Fprintf(w, `\u%04x`, r)
		} else {
			w.WriteRune(r)
		}
		i += size
	}
	w.WriteByte('"')
}

// plain counts the bytes at the start of s that stand for themselves.
func plain(s string) int {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			return i
		}
	}
	return len(s)
}

// surrogate decodes the three bytes that stand for a lone surrogate at the start of s.
func surrogate(s string) (rune, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1] < 0xa0 || s[1] > 0xbf || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

// pairSurrogates unites a lone high and a lone low surrogate that joining lines brought together.
func pairSurrogates(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		high, ok := surrogate(s[i:])
		if low, ok2 := surrogate(s[min(i+3, len(s)):]); ok && ok2 {
			if pair := utf16.DecodeRune(high, low); pair != utf8.RuneError {
				b.WriteRune(pair)
				i += 5
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
