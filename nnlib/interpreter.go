package nnlib

import "reflect"

// An Interpreter runs the code that uses this library, as the cells of a notebook
// are run. A layer, loss, metric, optimizer or initializer that is declared there
// reaches the library without its methods; the interpreter knows them.
type Interpreter struct {
	// As returns v as the interface that ptr points to, nil where v lacks a method of it.
	As func(v, ptr any) any
	// TypeName returns the name of v's type: "Scale".
	TypeName func(v any) string
}

// Interpret binds the library to the program's interpreter.
func Interpret(i Interpreter) {
	program.mu.Lock()
	defer program.mu.Unlock()
	program.interpreter = i
}

func interpreter() Interpreter {
	program.mu.Lock()
	defer program.mu.Unlock()
	return program.interpreter
}

// as returns v as a T, be it compiled or interpreted.
func as[T any](v any) (T, bool) {
	if t, ok := v.(T); ok {
		return t, true
	}
	i := interpreter()
	if i.As == nil || v == nil {
		var none T
		return none, false
	}
	t, ok := i.As(bare(v), (*T)(nil)).(T)
	return t, ok
}

// bare takes off what stands around a part that has another's methods: a layer's
// Wraps, and the wrapper in which an interpreter hands over a value that it has
// converted to an interface, a struct of functions whose field IValue is the value.
func bare(v any) any {
	if w, ok := v.(interface{ Wraps() any }); ok {
		return bare(w.Wraps())
	}
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Struct {
		if f := r.FieldByName("IValue"); f.IsValid() {
			return f.Interface()
		}
	}
	return v
}

// plain is v without what an interpreter tells of its type.
func plain(v any) any {
	if t, ok := bare(v).(interface{ DisplayValue() any }); ok {
		return t.DisplayValue()
	}
	return bare(v)
}

// typeName returns the name of a value's type, as it was declared.
func typeName(v any) string {
	b := bare(v)
	name := reflect.Indirect(reflect.ValueOf(plain(b))).Type().Name()
	if i := interpreter(); i.TypeName != nil && (name == "" || reflect.TypeOf(b) != reflect.TypeOf(v)) {
		name = i.TypeName(b)
	}
	if name == "" {
		return "Layer"
	}
	return name
}
