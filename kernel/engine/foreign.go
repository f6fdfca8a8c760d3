package engine

import (
	"go/types"
	"reflect"

	"reprise/kernel/display"
)

var _ display.Typed = Boxed{}

// DisplayType is the type's name, as %T shows it.
func (b Boxed) DisplayType() string { return typeName(b.T.Go) }

// DisplayValue is the bare value.
func (b Boxed) DisplayValue() any { return b.V }

// DisplayMethod is the method of that name, bound to the value; nil when the type has none
// that takes no arguments.
func (b Boxed) DisplayMethod(name string) any {
	method := reflect.ValueOf(b.T.method(name))
	if !method.IsValid() || method.Type().NumIn() != 1 {
		return nil
	}
	var results []reflect.Type
	for i := range method.Type().NumOut() {
		results = append(results, method.Type().Out(i))
	}
	bound := reflect.MakeFunc(reflect.FuncOf(nil, results, false), func([]reflect.Value) []reflect.Value {
		return method.Call([]reflect.Value{receiver(b.V)})
	})
	return bound.Interface()
}

// DisplayGoType is the value's type.
func (b Boxed) DisplayGoType() types.Type { return b.T.Go }

// DisplayPart is a part of the value with its type, when that is declared in a cell and has methods.
func (b Boxed) DisplayPart(part any, t types.Type) any {
	if _, boxed := part.(Boxed); boxed || types.IsInterface(t) {
		return part
	}
	if x := (&printer{table: b.T.table}).typeOf(t); x != nil {
		return Boxed{x, part}
	}
	return part
}
