package engine

import (
	"go/types"
	"reflect"
)

// ErrorsAs is errors.As that knows the types of cells. target points to a variable of a cell.
func (t *typeTable) ErrorsAs(err error, target any) bool {
	if target == nil {
		panic("errors: target cannot be nil")
	}
	a := &asTarget{table: t, any: target}
	b, ok := target.(Boxed)
	if ok {
		target, a.any = b.V, rewrap(b.T, b.V)
	}
	ptr := reflect.ValueOf(target)
	if ptr.Kind() != reflect.Pointer || ptr.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	if a.dst = ptr.Elem(); ok {
		a.want = b.T.Go.Underlying().(*types.Pointer).Elem()
	}
	return a.find(err)
}

// An asTarget is the variable that errors.As looks for a value for.
type asTarget struct {
	table *typeTable
	dst   reflect.Value
	want  types.Type // of the variable, when it is of a cell
	any   any        // the pointer to it, as cells hold it in an interface
}

// find looks through err and what it wraps.
func (a *asTarget) find(err error) bool {
	for err != nil {
		if a.set(err) {
			return true
		}
		switch u := err.(type) {
		case interface{ Unwrap() error }:
			err = u.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				if a.find(e) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// set gives the variable this error if it can hold it, or lets the error's own As do so.
func (a *asTarget) set(err error) bool {
	in := a.table.In(err)
	x, raw := a.table.of(in)
	if v := a.fits(err, in, raw, x); v.IsValid() {
		a.dst.Set(v)
		return true
	}
	if x != nil {
		as, ok := x.method("As").(func(any, any) bool)
		return ok && as(raw, a.any)
	}
	as, ok := err.(interface{ As(any) bool })
	return ok && as.As(a.dst.Addr().Interface())
}

// fits is the error as the variable can hold it, or no value.
func (a *asTarget) fits(err error, in, raw any, x *Type) (none reflect.Value) {
	if a.want == nil {
		if v := reflect.ValueOf(err); v.Type().AssignableTo(a.dst.Type()) {
			return v
		}
		return none
	}
	if iface, ok := a.want.Underlying().(*types.Interface); ok {
		if a.table.implements(in, iface) {
			return reflect.ValueOf(in)
		}
		return none
	}
	if v := reflect.ValueOf(raw); x != nil && types.Identical(x.Go, a.want) && v.Type().AssignableTo(a.dst.Type()) {
		return v
	}
	return none
}
