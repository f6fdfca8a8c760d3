package engine

import (
	"fmt"
	"reflect"
	"strings"
)

// Print is the predeclared function: it writes to standard error, with nothing between its operands.
func (rt *runtimeState) Print(args ...any) {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(printed(a))
	}
	_, _ = rt.writer(Stderr).WriteString(b.String())
}

// Println puts blanks between its operands and ends in a line break.
func (rt *runtimeState) Println(args ...any) {
	var texts []string
	for _, a := range args {
		texts = append(texts, printed(a))
	}
	_, _ = rt.writer(Stderr).WriteString(strings.Join(texts, " ") + "\n")
}

// printed is an operand as the predeclared functions write it. In the place of addresses, which
// no run could repeat, stand the values.
func printed(v any) string {
	if b, ok := v.(Boxed); ok {
		v = b.V
	}
	if v == nil {
		return "(0x0,0x0)"
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return fmt.Sprint(basicOf(r))
	case reflect.Slice:
		if r.IsNil() {
			return "[0/0]0x0"
		}
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		if r.IsNil() {
			return "0x0"
		}
	}
	return fmt.Sprint(v)
}

// basicOf is a value without the methods of its type.
func basicOf(r reflect.Value) any {
	switch {
	case r.CanInt():
		return r.Int()
	case r.CanUint():
		return r.Uint()
	case r.CanFloat():
		return r.Float()
	case r.Kind() == reflect.Bool:
		return r.Bool()
	case r.Kind() == reflect.String:
		return r.String()
	}
	return r.Complex()
}
