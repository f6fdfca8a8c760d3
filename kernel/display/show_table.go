package display

import (
	"errors"
	"fmt"
	"go/types"
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
	typed, goType := typesOf(v)
	if f, ok := v.(Foreign); ok {
		if f.DisplayMethod("String") != nil || f.DisplayMethod("Error") != nil {
			return Bundle{}, errors.ErrUnsupported
		}
		v = f.DisplayValue()
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv, goType = rv.Elem(), elementOf(goType)
	}
	t, ok := tableOf(rv, goType)
	if !ok {
		return Bundle{}, errors.ErrUnsupported
	}
	t.typed = typed
	return Bundle{Data: map[string]any{HTML: t.html(o)}}, nil
}

// typesOf is what an engine knows of v's types, if it does.
func typesOf(v any) (Typed, types.Type) {
	if typed, ok := v.(Typed); ok {
		return typed, typed.DisplayGoType()
	}
	return nil, nil
}

// A table is a rectangle of values that are written when they are shown. A cell
// that its row does not have is the zero reflect.Value.
type table struct {
	columns []string // nil: the columns are numbered
	labels  []reflect.Value
	rows    int
	width   int
	at      func(row, column int) reflect.Value
	typed   Typed                // nil: reflection knows all
	typeAt  func(int) types.Type // of a column
	keyType types.Type           // of the labels
}

func tableOf(v reflect.Value, t types.Type) (table, bool) {
	switch v.Kind() {
	case reflect.Map:
		return mapTable(v, t)
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			return table{}, false
		}
		switch element(v.Type().Elem()).Kind() {
		case reflect.Struct:
			return structTable(v, t)
		case reflect.Map:
			return recordTable(v, t)
		case reflect.Slice, reflect.Array:
			return gridTable(v, t)
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
func mapTable(v reflect.Value, goType types.Type) (table, bool) {
	if v.Len() == 0 {
		return table{}, false
	}
	keys := sortedKeys(v)
	t := table{labels: keys, rows: len(keys), width: 1, columns: []string{"value"}, keyType: keyOf(goType)}
	t.at = func(r, _ int) reflect.Value { return v.MapIndex(keys[r]) }
	t.typeAt = func(int) types.Type { return elementOf(goType) }
	if e := element(v.Type().Elem()); e.Kind() == reflect.Struct && !hasText(v.Type().Elem()) {
		t.fields(e, elementOf(goType))
		t.at = func(r, c int) reflect.Value { return field(v.MapIndex(keys[r]), c) }
	}
	return t, t.width > 0
}

func structTable(v reflect.Value, goType types.Type) (table, bool) {
	if hasText(v.Type().Elem()) {
		return table{}, false
	}
	t := table{rows: v.Len(), at: func(r, c int) reflect.Value { return field(v.Index(r), c) }}
	t.fields(element(v.Type().Elem()), elementOf(goType))
	return t, t.width > 0
}

// fields makes a column of each field of a struct; yaegi's wrapper of an
// interface is no struct of the user's and has none.
func (t *table) fields(e reflect.Type, goType types.Type) {
	t.columns, t.width = nil, 0
	if e.NumField() > 0 && e.Field(0).Name == "IValue" {
		return
	}
	if goType != nil {
		if p, ok := goType.Underlying().(*types.Pointer); ok {
			goType = p.Elem()
		}
	}
	t.width = e.NumField()
	for i := range t.width {
		name, _ := fieldOf(e, goType, i)
		t.columns = append(t.columns, name)
	}
	t.typeAt = func(c int) types.Type {
		_, fieldType := fieldOf(e, goType, c)
		return fieldType
	}
}

// recordTable has a column for each key that occurs in any of the maps.
func recordTable(v reflect.Value, goType types.Type) (table, bool) {
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
	at := func(r, c int) reflect.Value { return v.Index(r).MapIndex(all[names[c]]) }
	return table{columns: names, rows: v.Len(), width: len(names), at: at, typeAt: twice(goType)}, len(names) > 0
}

// twice is the type of what the elements of goType hold.
func twice(goType types.Type) func(int) types.Type {
	return func(int) types.Type { return elementOf(elementOf(goType)) }
}

func gridTable(v reflect.Value, goType types.Type) (table, bool) {
	if v.Type().Elem().Kind() == reflect.Pointer || v.Type().Elem().Elem().Kind() == reflect.Uint8 {
		return table{}, false // [][]byte is text more often than numbers
	}
	width := 0
	for i := range v.Len() {
		width = max(width, v.Index(i).Len())
	}
	at := func(r, c int) reflect.Value {
		if row := v.Index(r); c < row.Len() {
			return row.Index(c)
		}
		return reflect.Value{}
	}
	return table{rows: v.Len(), width: width, at: at, typeAt: twice(goType)}, width > 0
}

// hasText reports whether values of type t have a text of their own, so that their fields are not columns.
func hasText(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]()) || t.Implements(reflect.TypeFor[fmt.Formatter]())
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
	return t.text(o, t.labels[r], t.keyType)
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
	return `<td style="text-align: ` + align + `;">` + html.EscapeString(t.text(o, v, t.typeAt(c))) + "</td>"
}

func number(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Complex128 }

// text writes a value inside a table, where a string needs no quotes.
func (t table) text(o Options, v reflect.Value, goType types.Type) string {
	if v.Kind() == reflect.Interface {
		v, goType = v.Elem(), nil
	}
	p := &printer{Options: o, typed: t.typed}
	p.Items, p.Chars = min(p.Items, 2*ends), min(p.Chars, 500)
	if v.Kind() == reflect.String && !p.byMethod(v, goType, 0) {
		return v.String()
	}
	if v.Kind() != reflect.String {
		p.start(v, goType, 0)
	}
	return p.b.String()
}
