package display

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

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

func typeName(v any) string {
	if f, ok := v.(Foreign); ok {
		return f.DisplayType()
	}
	return fmt.Sprintf("%T", v)
}
