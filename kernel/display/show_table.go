package display

import (
	"errors"
	"fmt"
	"html"
	"reflect"
	"slices"
	"strings"
)

// tableEdge is how many rows are kept at each end of a long table, and half
// of it how many columns of a wide one.
const tableEdge = 5

// showTable shows what has rows and columns as an HTML table: a slice of
// structs, of maps with string keys or of slices, and a map.
func showTable(o Options, v any) (Bundle, error) {
	if f, ok := v.(Foreign); ok {
		v = f.DisplayValue()
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	t, ok := tableOf(rv)
	if !ok {
		return Bundle{}, errors.ErrUnsupported
	}
	return Bundle{Data: map[string]any{HTML: t.html(o)}}, nil
}

// A table is a rectangle of values that are written when they are shown. A cell
// that its row does not have is the zero reflect.Value.
type table struct {
	columns []string // nil: the columns are numbered
	labels  []reflect.Value
	rows    int
	width   int
	at      func(row, column int) reflect.Value
}

func tableOf(v reflect.Value) (table, bool) {
	switch v.Kind() {
	case reflect.Map:
		return mapTable(v)
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			return table{}, false
		}
		switch element(v.Type().Elem()).Kind() {
		case reflect.Struct:
			return structTable(v)
		case reflect.Map:
			return recordTable(v)
		case reflect.Slice, reflect.Array:
			return gridTable(v)
		}
	}
	return table{}, false
}

// element looks through one pointer.
func element(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// mapTable has one row per key: the key, then the value or its fields.
func mapTable(v reflect.Value) (table, bool) {
	if v.Len() == 0 {
		return table{}, false
	}
	keys := sortedKeys(v)
	t := table{labels: keys, rows: len(keys), width: 1, columns: []string{"value"}}
	t.at = func(r, _ int) reflect.Value { return v.MapIndex(keys[r]) }
	if e := element(v.Type().Elem()); e.Kind() == reflect.Struct && !hasText(v.Type().Elem()) {
		t.columns, t.width = fieldNames(e), len(fieldNames(e))
		t.at = func(r, c int) reflect.Value { return field(v.MapIndex(keys[r]), c) }
	}
	return t, t.width > 0
}

func structTable(v reflect.Value) (table, bool) {
	e := element(v.Type().Elem())
	if hasText(v.Type().Elem()) {
		return table{}, false
	}
	names := fieldNames(e)
	return table{columns: names, rows: v.Len(), width: len(names), at: func(r, c int) reflect.Value {
		return field(v.Index(r), c)
	}}, len(names) > 0
}

// recordTable has a column for each key that occurs in any of the maps.
func recordTable(v reflect.Value) (table, bool) {
	if v.Type().Elem().Kind() != reflect.Map || v.Type().Elem().Key().Kind() != reflect.String {
		return table{}, false
	}
	all := map[string]reflect.Value{}
	for i := range v.Len() {
		for _, k := range v.Index(i).MapKeys() {
			all[k.String()] = k
		}
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return table{columns: names, rows: v.Len(), width: len(names), at: func(r, c int) reflect.Value {
		return v.Index(r).MapIndex(all[names[c]])
	}}, len(names) > 0
}

func gridTable(v reflect.Value) (table, bool) {
	if v.Type().Elem().Kind() == reflect.Pointer || v.Type().Elem().Elem().Kind() == reflect.Uint8 {
		return table{}, false // [][]byte is text more often than numbers
	}
	width := 0
	for i := range v.Len() {
		width = max(width, v.Index(i).Len())
	}
	return table{rows: v.Len(), width: width, at: func(r, c int) reflect.Value {
		if row := v.Index(r); c < row.Len() {
			return row.Index(c)
		}
		return reflect.Value{}
	}}, width > 0
}

// hasText reports whether values of type t have a text of their own, so that their fields are not columns.
func hasText(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]()) || t.Implements(reflect.TypeFor[fmt.Formatter]())
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	if len(names) > 0 && names[0] == "IValue" {
		return nil // yaegi's wrapper of an interface, not a struct of the user's
	}
	return names
}

// field is the c-th field of a struct or of what a pointer points to.
func field(v reflect.Value, c int) reflect.Value {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}
		}
		v = v.Elem()
	}
	return v.Field(c)
}

func (t table) html(o Options) string {
	var b strings.Builder
	rows := kept(t.rows, o.Rows, tableEdge)
	columns := kept(t.width, o.Columns, 2*tableEdge)
	b.WriteString("<table border=\"1\" class=\"dataframe\">\n<thead><tr><th scope=\"col\"></th>")
	for _, c := range columns {
		b.WriteString(`<th scope="col">` + html.EscapeString(t.columnName(c)) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range rows {
		b.WriteString(`<tr><th scope="row">` + html.EscapeString(t.label(o, r)) + "</th>")
		for _, c := range columns {
			b.WriteString(t.cell(o, r, c))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>")
	if len(rows) < t.rows || len(columns) < t.width {
		fmt.Fprintf(&b, "\n<p>%d rows × %d columns</p>", t.rows, t.width)
	}
	return b.String()
}

// gap stands for the rows or columns that are left out.
const gap = -1

// kept lists which of n are shown.
func kept(n, limit, edge int) []int {
	var list []int
	for i := 0; i < n; i++ {
		if over(n, limit) && n > 2*edge && i == edge {
			list = append(list, gap)
			i = n - edge
		}
		list = append(list, i)
	}
	return list
}

func (t table) columnName(c int) string {
	switch {
	case c == gap:
		return "..."
	case t.columns == nil:
		return fmt.Sprint(c)
	}
	return t.columns[c]
}

func (t table) label(o Options, r int) string {
	switch {
	case r == gap:
		return "..."
	case t.labels == nil:
		return fmt.Sprint(r)
	}
	return o.cellText(t.labels[r])
}

func (t table) cell(o Options, r, c int) string {
	if r == gap || c == gap {
		return "<td>...</td>"
	}
	v := t.at(r, c)
	if !v.IsValid() {
		return "<td></td>"
	}
	align := "left"
	if k := v.Kind(); k == reflect.Interface && v.Elem().IsValid() && number(v.Elem().Kind()) || number(k) {
		align = "right"
	}
	return `<td style="text-align: ` + align + `;">` + html.EscapeString(o.cellText(v)) + "</td>"
}

func number(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Complex128 }

// cellText writes a value inside a table, where a string needs no quotes.
func (o Options) cellText(v reflect.Value) string {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() == reflect.String {
		return v.String()
	}
	p := &printer{Options: o}
	p.Items, p.Chars = min(p.Items, 2*ends), min(p.Chars, 500)
	p.start(v, 0)
	return p.b.String()
}
