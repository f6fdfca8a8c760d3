package engine

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/traefik/yaegi/interp"
)

// wrapped is a cell's value inside an interface of compiled code.
type wrapped interface{ unwrap() any }

// A cellError is a cell's value as an error. It compares as the value does.
type cellError struct {
	v any
	t *Type
}

func (e cellError) unwrap() any { return rewrap(e.t, e.v) }

// Error calls the cell's method.
func (e cellError) Error() string { return callString(e.t, e.v, "Error") }

// Unwrap calls the cell's method if there is one.
func (e cellError) Unwrap() error {
	f, ok := e.t.method("Unwrap").(func(any) error)
	if !ok {
		return nil
	}
	return f(e.v)
}

// A cellErrors is a cellError that wraps several errors.
type cellErrors struct{ cellError }

// Unwrap calls the cell's method.
func (e cellErrors) Unwrap() []error { return e.t.method("Unwrap").(func(any) []error)(e.v) }

// asError is a cell's value as an error.
func asError(v any, t *Type) error {
	if _, several := t.method("Unwrap").(func(any) []error); several {
		return cellErrors{cellError{v, t}}
	}
	return cellError{v, t}
}

// Is calls the cell's method if there is one.
func (e cellError) Is(target error) bool {
	f, ok := e.t.method("Is").(func(any, error) bool)
	return ok && f(e.v, target)
}

// Format shows the value as fmt would in a compiled program.
func (e cellError) Format(s fmt.State, verb rune) { Boxed{e.t, e.v}.Format(s, verb) }

// rewrap is the value as cells hold it in an interface.
func rewrap(t *Type, v any) any {
	if t.rtype != nil {
		return v
	}
	return Boxed{t, v}
}

func callString(t *Type, v any, name string) string {
	f := t.method(name)
	if f == nil {
		return fmt.Sprintf("%v", Boxed{t, v})
	}
	return reflect.ValueOf(f).Call([]reflect.Value{receiver(v)})[0].String()
}

// receiver is a value as the first argument of a method function.
func receiver(v any) reflect.Value {
	if v == nil {
		return reflect.Zero(reflect.TypeFor[any]())
	}
	return reflect.ValueOf(v)
}

// As converts a value of a cell to the compiled interface type that ptr points to; nil
// when it does not have the methods.
func (rt *runtimeState) As(v, ptr any) any {
	iface := reflect.TypeOf(ptr).Elem()
	x, raw := rt.types.of(v)
	if x == nil || x.lacks(iface) {
		if v != nil && reflect.TypeOf(raw).Implements(iface) {
			return raw
		}
		return nil
	}
	if iface == reflect.TypeFor[error]() {
		return asError(raw, x)
	}
	if iface == reflect.TypeFor[fmt.Stringer]() || iface == reflect.TypeFor[fmt.Formatter]() {
		return Boxed{x, raw}
	}
	w, ok := rt.wrappers[iface]
	if !ok {
		panic(fmt.Sprintf("not supported here: %s as a %s", typeName(x.Go), iface))
	}
	return wrap(w, x, raw)
}

// lacks reports whether the type has not all methods of a compiled interface.
func (x *Type) lacks(iface reflect.Type) bool {
	for i := range iface.NumMethod() {
		m := iface.Method(i)
		if f := x.method(m.Name); f == nil || !serves(reflect.TypeOf(f), m.Type) {
			return true
		}
	}
	return false
}

// serves reports whether f, which takes its receiver first, can be called as method.
func serves(f, method reflect.Type) bool {
	if f.NumIn() != method.NumIn()+1 || f.NumOut() != method.NumOut() || f.IsVariadic() != method.IsVariadic() {
		return false
	}
	for i := range method.NumIn() {
		if !method.In(i).AssignableTo(f.In(i + 1)) {
			return false
		}
	}
	for i := range method.NumOut() {
		if !f.Out(i).AssignableTo(method.Out(i)) {
			return false
		}
	}
	return true
}

// wrap fills one of yaegi's wrapper structs: a field W<Name> for each method.
func wrap(w reflect.Type, x *Type, raw any) any {
	val := reflect.New(w).Elem()
	val.FieldByName("IValue").Set(reflect.ValueOf(rewrap(x, raw)))
	for i := range w.NumField() {
		f := w.Field(i)
		name, ok := strings.CutPrefix(f.Name, "W")
		if !ok || f.Type.Kind() != reflect.Func {
			continue
		}
		fn := reflect.ValueOf(x.method(name))
		if !fn.IsValid() {
			continue
		}
		variadic := f.Type.IsVariadic()
		val.Field(i).Set(reflect.MakeFunc(f.Type, func(args []reflect.Value) []reflect.Value {
			args = append([]reflect.Value{receiver(raw)}, args...)
			if variadic {
				return fn.CallSlice(args)
			}
			return fn.Call(args)
		}))
	}
	return val.Interface()
}

// wrapperTypes finds, for each compiled interface, the struct that the tables hold for it.
func wrapperTypes(exports []interp.Exports) map[reflect.Type]reflect.Type {
	m := map[reflect.Type]reflect.Type{}
	for _, x := range exports {
		for _, syms := range x {
			for name, sym := range syms {
				iface, ok := syms[strings.TrimPrefix(name, "_")]
				if !strings.HasPrefix(name, "_") || !ok || sym.Kind() != reflect.Pointer || iface.Kind() != reflect.Pointer {
					continue
				}
				if t := iface.Type().Elem(); t.Kind() == reflect.Interface {
					m[t] = sym.Type().Elem()
				}
			}
		}
	}
	return m
}
