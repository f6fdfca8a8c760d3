package nnlib

import (
	"fmt"
	"reflect"
	"strings"
)

// A table says which names stand for which values of one kind. A row's names are
// separated by spaces.
type table[T any] []struct {
	names string
	new   func() T
}

// named returns v, if it is a T, or a new T for the name that it is. Case does
// not matter: Keras knows "Adam" and "adam".
func (t table[T]) named(kind string, v any) (T, error) {
	var none T
	name, ok := v.(string)
	if !ok {
		value, ok := as[T](v)
		if !ok {
			return none, fmt.Errorf("the %s is given by a name or a pointer to one of this package's types, got %s%s", kind, described(v), lacking[T](v))
		}
		return value, nil
	}
	var known []string
	for _, row := range t {
		for _, n := range strings.Fields(row.names) {
			if strings.EqualFold(n, name) {
				return row.new(), nil
			}
			known = append(known, n)
		}
	}
	return none, fmt.Errorf("there is no %s %q; there are %s", kind, name, strings.Join(known, ", "))
}

// described is v's type in an error.
func described(v any) string {
	if t, ok := bare(v).(interface{ DisplayType() string }); ok {
		return t.DisplayType()
	}
	return fmt.Sprintf("%T", v)
}

// lacking adds what a type of one's own must have.
func lacking[T any](v any) string {
	if k := reflect.Indirect(reflect.ValueOf(plain(v))).Kind(); k != reflect.Struct && k != reflect.Func {
		return ""
	}
	var methods []string
	for i, t := 0, reflect.TypeFor[T](); i < t.NumMethod(); i++ {
		methods = append(methods, t.Method(i).Name+strings.ReplaceAll(strings.TrimPrefix(t.Method(i).Type.String(), "func"), "nnlib.", ""))
	}
	return "; one of your own has the methods " + strings.Join(methods, ", ")
}

// optional is named, with nil for none.
func (t table[T]) optional(kind string, v any) (T, error) {
	if v == nil {
		var none T
		return none, nil
	}
	return t.named(kind, v)
}
