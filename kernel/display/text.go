package display

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ends is how many items are kept at each end of a long slice or map.
const ends = 20

// maxDepth is how deep nested values are written.
const maxDepth = 32

// text writes v as a Go programmer expects to read it: as %+v, but strings are
// quoted, pointers are followed, map keys are sorted, and nothing depends on
// where in memory a value lies or when it was made.
func (o Options) text(v any) string {
	p := &printer{Options: o}
	p.any(v, 0)
	return p.b.String()
}

// A printer writes one value.
type printer struct {
	Options
	b      strings.Builder
	typed  Typed     // tells of the types of what is being written; nil: reflection does
	onPath []uintptr // pointers that are being written, against cycles
	full   bool      // Chars is reached
}

func (p *printer) write(s string) {
	if p.full {
		return
	}
	if room := p.Chars - p.b.Len(); p.Chars >= 0 && len(s) > room {
		for room > 0 && !utf8.RuneStart(s[room]) {
			room--
		}
		p.full = true
		s = s[:room] + fmt.Sprintf(" ... (cut after %d bytes; display.Whole shows all)", p.Chars)
	}
	p.b.WriteString(s)
}

func (p *printer) any(v any, depth int) {
	p.start(reflect.ValueOf(v), nil, depth)
}

// start is value for one that may be a nil interface.
func (p *printer) start(v reflect.Value, t types.Type, depth int) {
	if !v.IsValid() {
		p.write("<nil>")
		return
	}
	p.value(v, t, depth)
}

// foreign writes a value of a cell's type by its String or Error method, or its parts with their types.
func (p *printer) foreign(f Foreign, depth int) {
	for _, name := range []string{"Error", "String"} {
		if text, ok := f.DisplayMethod(name).(func() string); ok && !isNil(f.DisplayValue()) {
			p.write(text())
			return
		}
	}
	outer := p.typed
	defer func() { p.typed = outer }()
	var t types.Type
	if p.typed, _ = f.(Typed); p.typed != nil {
		t = p.typed.DisplayGoType()
	}
	p.parts(reflect.ValueOf(f.DisplayValue()), t, depth)
}

// value writes v; t is its type as go/types knows it, or nil.
func (p *printer) value(v reflect.Value, t types.Type, depth int) {
	if p.full || p.byMethod(v, t, depth) {
		return
	}
	p.parts(v, t, depth)
}

func (p *printer) parts(v reflect.Value, t types.Type, depth int) {
	if !v.IsValid() {
		p.write("<nil>")
		return
	}
	if depth > maxDepth {
		p.write("...")
		return
	}
	switch v.Kind() {
	case reflect.String:
		p.write(strconv.Quote(v.String()))
	case reflect.Struct:
		p.structure(v, t, depth)
	case reflect.Slice, reflect.Array:
		p.list(v, t, depth)
	case reflect.Map:
		p.mapping(v, t, depth)
	case reflect.Pointer:
		p.pointer(v, t, depth)
	case reflect.Interface:
		if v.IsNil() {
			p.write("<nil>")
			return
		}
		p.value(v.Elem(), nil, depth)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		p.opaque(v)
	default: // numbers and booleans
		p.write(fmt.Sprint(v))
	}
}

// opaque writes what has no value to show but an address: its type.
func (p *printer) opaque(v reflect.Value) {
	if v.Kind() != reflect.UnsafePointer && v.IsNil() {
		p.write("<nil>")
		return
	}
	p.write(v.Type().String())
}

// byMethod lets a value that knows how to write itself do so.
func (p *printer) byMethod(v reflect.Value, t types.Type, depth int) bool {
	if v.Type() == reflect.TypeFor[time.Time]() && !v.CanInterface() {
		p.write("time.Time") // in a field that is not exported: its parts say little and change with each run
		return true
	}
	if !v.CanInterface() || v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer && v.IsNil() {
		return false
	}
	x := v.Interface()
	if p.typed != nil && t != nil {
		x = p.typed.DisplayPart(x, t)
	}
	switch x := x.(type) {
	case Foreign:
		p.foreign(x, depth)
	case time.Time:
		p.write(x.Round(0).String()) // without the monotonic clock
	case *time.Time:
		p.write(x.Round(0).String())
	case fmt.Formatter:
		p.write(fmt.Sprintf("%v", x))
	case error:
		p.write(x.Error())
	case fmt.Stringer:
		p.write(x.String())
	default:
		return false
	}
	return true
}

func (p *printer) structure(v reflect.Value, t types.Type, depth int) {
	if inner, ok := unwrap(v); ok {
		p.value(inner, nil, depth)
		return
	}
	p.write("{")
	for i := range v.NumField() {
		if i > 0 {
			p.write(" ")
		}
		name, fieldType := fieldOf(v.Type(), t, i)
		p.write(name + ":")
		p.value(v.Field(i), fieldType, depth+1)
	}
	p.write("}")
}

// fieldOf is the name and type of a field. yaegi gives the fields of a cell's type
// exported names (X before the name), so go/types knows better where it knows; the
// tag by which kernel/cell marks such types tells of the others.
func fieldOf(v reflect.Type, t types.Type, i int) (string, types.Type) {
	if t != nil {
		if s, ok := t.Underlying().(*types.Struct); ok && s.NumFields() == v.NumField() {
			return s.Field(i).Name(), s.Field(i).Type()
		}
	}
	name := v.Field(i).Name
	if _, ofCell := v.Field(0).Tag.Lookup("reprise"); ofCell && len(name) > 1 && name[0] == 'X' && unicode.IsLower(rune(name[1])) {
		name = name[1:]
	}
	return name, nil
}

// elementOf is the type of what a pointer, slice, array or map of type t holds.
func elementOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if holder, ok := t.Underlying().(interface{ Elem() types.Type }); ok {
		return holder.Elem()
	}
	return nil
}

// keyOf is the type of the keys of a map of type t.
func keyOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if m, ok := t.Underlying().(*types.Map); ok {
		return m.Key()
	}
	return nil
}

// unwrap finds the value inside one of yaegi's interface wrappers, whose first
// field is always IValue.
func unwrap(v reflect.Value) (reflect.Value, bool) {
	if v.NumField() == 0 {
		return v, false
	}
	f := v.Type().Field(0)
	if f.Name != "IValue" || f.Type.Kind() != reflect.Interface || v.Field(0).IsNil() {
		return v, false
	}
	return v.Field(0).Elem(), true
}

func (p *printer) list(v reflect.Value, t types.Type, depth int) {
	if v.Kind() == reflect.Slice && !p.enter(v.Pointer(), v.Len()) {
		return
	}
	p.write("[")
	p.items(v.Len(), func(i int) { p.value(v.Index(i), elementOf(t), depth+1) })
	p.write("]")
	if v.Kind() == reflect.Slice {
		p.leave(v.Len())
	}
}

func (p *printer) mapping(v reflect.Value, t types.Type, depth int) {
	if !p.enter(v.Pointer(), v.Len()) {
		return
	}
	keys := sortedKeys(v)
	p.write("map[")
	p.items(len(keys), func(i int) {
		p.value(keys[i], keyOf(t), depth+1)
		p.write(":")
		p.value(v.MapIndex(keys[i]), elementOf(t), depth+1)
	})
	p.write("]")
	p.leave(v.Len())
}

// items writes n items with spaces between them, and dots for the middle of many.
func (p *printer) items(n int, write func(i int)) {
	for i := 0; i < n && !p.full; i++ {
		if i > 0 {
			p.write(" ")
		}
		if over(n, p.Items) && n > 2*ends && i == ends {
			p.write(fmt.Sprintf("... (%d more; display.Whole shows all) ... ", n-2*ends))
			i = n - ends
		}
		write(i)
	}
}

func (p *printer) pointer(v reflect.Value, t types.Type, depth int) {
	if v.IsNil() {
		p.write("<nil>")
		return
	}
	if !p.enter(v.Pointer(), 1) {
		return
	}
	if v.Elem().Kind() == reflect.Struct || v.Elem().Kind() == reflect.Map || v.Elem().Kind() == reflect.Slice || v.Elem().Kind() == reflect.Array {
		p.write("&")
	}
	p.value(v.Elem(), elementOf(t), depth+1)
	p.leave(1)
}

// enter says whether what lies at address may be written; a value that
// contains itself is written once.
func (p *printer) enter(address uintptr, size int) bool {
	if size == 0 {
		return true
	}
	for _, a := range p.onPath {
		if a == address {
			p.write("<cycle>")
			return false
		}
	}
	p.onPath = append(p.onPath, address)
	return true
}

func (p *printer) leave(size int) {
	if size > 0 {
		p.onPath = p.onPath[:len(p.onPath)-1]
	}
}

func typeName(v any) string {
	if f, ok := v.(Foreign); ok {
		return f.DisplayType()
	}
	return fmt.Sprintf("%T", v)
}
