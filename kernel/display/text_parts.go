package display

import (
	"fmt"
	"go/types"
	"reflect"
	"unicode"
)

// ends is how many items are kept at each end of a long slice or map.
const ends = 20

func (p *printer) structure(v reflect.Value, t types.Type, depth int) {
	if inner, ok := unwrap(v); ok {
		p.value(inner, nil, depth)
		return
	}
	p.write("{")
	for i := range v.NumField() {
		if i > 0 {
			p.write(" ")
		}
		name, fieldType := fieldOf(v.Type(), t, i)
		p.write(name + ":")
		p.value(v.Field(i), fieldType, depth+1)
	}
	p.write("}")
}

// fieldOf is the name and type of a field. yaegi gives the fields of a cell's type
// exported names (X before the name), so go/types knows better where it knows; the
// tag by which kernel/cell marks such types tells of the others.
func fieldOf(v reflect.Type, t types.Type, i int) (string, types.Type) {
	if t != nil {
		if s, ok := t.Underlying().(*types.Struct); ok && s.NumFields() == v.NumField() {
			return s.Field(i).Name(), s.Field(i).Type()
		}
	}
	name := v.Field(i).Name
	if _, ofCell := v.Field(0).Tag.Lookup("reprise"); ofCell && len(name) > 1 && name[0] == 'X' && unicode.IsLower(rune(name[1])) {
		name = name[1:]
	}
	return name, nil
}

// elementOf is the type of what a pointer, slice, array or map of type t holds.
func elementOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if holder, ok := t.Underlying().(interface{ Elem() types.Type }); ok {
		return holder.Elem()
	}
	return nil
}

// keyOf is the type of the keys of a map of type t.
func keyOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if m, ok := t.Underlying().(*types.Map); ok {
		return m.Key()
	}
	return nil
}

// unwrap finds the value inside one of yaegi's interface wrappers, whose first
// field is always IValue.
func unwrap(v reflect.Value) (reflect.Value, bool) {
	if v.NumField() == 0 {
		return v, false
	}
	f := v.Type().Field(0)
	if f.Name != "IValue" || f.Type.Kind() != reflect.Interface || v.Field(0).IsNil() {
		return v, false
	}
	return v.Field(0).Elem(), true
}

func (p *printer) list(v reflect.Value, t types.Type, depth int) {
	if v.Kind() == reflect.Slice && !p.enter(v.Pointer(), v.Len()) {
		return
	}
	p.write("[")
	p.items(v.Len(), func(i int) { p.value(v.Index(i), elementOf(t), depth+1) })
	p.write("]")
	if v.Kind() == reflect.Slice {
		p.leave(v.Len())
	}
}

func (p *printer) mapping(v reflect.Value, t types.Type, depth int) {
	if !p.enter(v.Pointer(), v.Len()) {
		return
	}
	keys := sortedKeys(v)
	p.write("map[")
	p.items(len(keys), func(i int) {
		p.value(keys[i], keyOf(t), depth+1)
		p.write(":")
		p.value(v.MapIndex(keys[i]), elementOf(t), depth+1)
	})
	p.write("]")
	p.leave(v.Len())
}

// items writes n items with spaces between them, and dots for the middle of many.
func (p *printer) items(n int, write func(i int)) {
	for i := 0; i < n && !p.full; i++ {
		if i > 0 {
			p.write(" ")
		}
		if over(n, p.Items) && n > 2*ends && i == ends {
			p.write(fmt.Sprintf("... (%d more; display.Whole shows all) ... ", n-2*ends))
			i = n - ends
		}
		write(i)
	}
}

func (p *printer) pointer(v reflect.Value, t types.Type, depth int) {
	if v.IsNil() {
		p.write("<nil>")
		return
	}
	if !p.enter(v.Pointer(), 1) {
		return
	}
	if v.Elem().Kind() == reflect.Struct || v.Elem().Kind() == reflect.Map || v.Elem().Kind() == reflect.Slice || v.Elem().Kind() == reflect.Array {
		p.write("&")
	}
	p.value(v.Elem(), elementOf(t), depth+1)
	p.leave(1)
}

// enter says whether what lies at address may be written; a value that
// contains itself is written once.
func (p *printer) enter(address uintptr, size int) bool {
	if size == 0 {
		return true
	}
	for _, a := range p.onPath {
		if a == address {
			p.write("<cycle>")
			return false
		}
	}
	p.onPath = append(p.onPath, address)
	return true
}

func (p *printer) leave(size int) {
	if size > 0 {
		p.onPath = p.onPath[:len(p.onPath)-1]
	}
}
