package engine

import (
	"go/types"
	"reflect"
	"sort"
	"strings"
)

// composite writes values that are made of others. False: t is not composite.
func (p *printer) composite(v reflect.Value, t types.Type, depth int) bool {
	if isCompiled(t) {
		return false // fmt knows it, and may look at its unexported fields
	}
	sharp := p.verb == 'v' && p.state.Flag('#')
	name := ""
	if sharp {
		name = typeName(t)
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if v.Kind() != reflect.Struct || v.NumField() != u.NumFields() {
			return false
		}
		p.fields(v, u, name, depth)
	case *types.Pointer:
		return p.pointer(v, u, depth)
	case *types.Slice:
		if !sharp && p.asBytes(u.Elem()) {
			return false
		}
		if sharp && v.IsNil() {
			p.write(name + "(nil)")
			return true
		}
		p.list(v, u.Elem(), name, depth)
	case *types.Array:
		if !sharp && p.asBytes(u.Elem()) {
			return false
		}
		p.list(v, u.Elem(), name, depth)
	case *types.Map:
		p.mapping(v, u, name, depth)
	case *types.Interface:
		p.inner(v, depth)
	default:
		return false
	}
	return true
}

// asBytes reports whether fmt takes a list of such elements for bytes: one by one, those
// of a named type have methods.
func (p *printer) asBytes(elem types.Type) bool {
	b, ok := elem.Underlying().(*types.Basic)
	if !ok || b.Kind() != types.Byte {
		return false
	}
	_, named := types.Unalias(elem).(*types.Named)
	return !named || strings.ContainsRune("sqxX", p.verb)
}

// inner writes what an interface holds.
func (p *printer) inner(v reflect.Value, depth int) {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		p.write("<nil>")
		return
	}
	if b, ok := v.Interface().(Boxed); ok {
		p.value(reflect.ValueOf(b.V), b.T.Go, depth)
		return
	}
	switch w := v.Interface().(type) {
	case cellError:
		p.value(reflect.ValueOf(w.v), w.t.Go, depth)
		return
	case cellErrors:
		p.value(reflect.ValueOf(w.v), w.t.Go, depth)
		return
	}
	p.value(v, nil, depth)
}

func (p *printer) pointer(v reflect.Value, u *types.Pointer, depth int) bool {
	if v.Kind() != reflect.Pointer || v.IsNil() || depth > 0 || p.verb == 'p' {
		return false
	}
	switch u.Elem().Underlying().(type) {
	case *types.Struct, *types.Slice, *types.Array, *types.Map:
		p.write("&")
		p.value(v.Elem(), u.Elem(), depth+1)
		return true
	}
	return false
}

func (p *printer) fields(v reflect.Value, u *types.Struct, name string, depth int) {
	p.write(name + "{")
	sharp, plus := p.verb == 'v' && p.state.Flag('#'), p.verb == 'v' && p.state.Flag('+')
	for i := range u.NumFields() {
		if i > 0 {
			p.write(map[bool]string{true: ", ", false: " "}[sharp])
		}
		if sharp || plus {
			p.write(u.Field(i).Name() + ":")
		}
		p.value(v.Field(i), u.Field(i).Type(), depth+1)
	}
	p.write("}")
}

func (p *printer) list(v reflect.Value, elem types.Type, name string, depth int) {
	open, sep, end := "[", " ", "]"
	if name != "" {
		open, sep, end = name+"{", ", ", "}"
	}
	p.write(open)
	for i := range v.Len() {
		if i > 0 {
			p.write(sep)
		}
		p.value(v.Index(i), elem, depth+1)
	}
	p.write(end)
}

func (p *printer) mapping(v reflect.Value, u *types.Map, name string, depth int) {
	open, sep, end := "map[", " ", "]"
	if name != "" {
		open, sep, end = name+"{", ", ", "}"
	}
	p.write(open)
	keys := v.MapKeys()
	sort.SliceStable(keys, func(i, j int) bool { return less(keys[i], keys[j]) })
	for i, k := range keys {
		if i > 0 {
			p.write(sep)
		}
		p.value(k, u.Key(), depth+1)
		p.write(":")
		p.value(v.MapIndex(k), u.Elem(), depth+1)
	}
	p.write(end)
}
