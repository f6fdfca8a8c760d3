package engine

import (
	"reflect"

	"reprise/kernel/display"
)

var _ display.Foreign = Boxed{}

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
