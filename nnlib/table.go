package nnlib

import (
	"fmt"
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
	if value, ok := v.(T); ok {
		return value, nil
	}
	name, ok := v.(string)
	if !ok {
		return none, fmt.Errorf("the %s is given by a name or a pointer to one of this package's types, got %T", kind, v)
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

// optional is named, with nil for none.
func (t table[T]) optional(kind string, v any) (T, error) {
	if v == nil {
		var none T
		return none, nil
	}
	return t.named(kind, v)
}
