package engine

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"reprise/kernel/cell"
)

// Format shows a value of a cell as a compiled program would: with the names of its
// types, and by the methods of what it holds.
func (b Boxed) Format(s fmt.State, verb rune) {
	p := &printer{table: b.T.table, verb: verb, state: s}
	p.value(reflect.ValueOf(b.V), b.T.Go, 0)
}

// String is Format with %v.
func (b Boxed) String() string { return fmt.Sprintf("%v", b) }

// MarshalJSON writes the value as encoding/json does, by its own method if it has one.
func (b Boxed) MarshalJSON() ([]byte, error) { return b.T.table.JSONMarshal(b) }

// A printer writes one value, looking at its static type beside what reflection sees.
type printer struct {
	table *typeTable
	state fmt.State
	verb  rune
}

func (p *printer) write(s string) { _, _ = p.state.Write([]byte(s)) }

// dynamic is what fmt is given for a value that is of no cell's type but may hold some.
func dynamic(t *typeTable, v any) any {
	switch v.(type) {
	case nil, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64, string, []byte, error, fmt.Stringer, fmt.Formatter:
		return v
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Slice, reflect.Map, reflect.Array, reflect.Pointer, reflect.Struct:
		if s := reflect.TypeOf(v).String(); strings.Contains(s, "reprise:") || strings.Contains(s, "json:") {
			return found{t, v}
		}
	}
	return v
}

// found is a value without a known static type that holds values of cells.
type found struct {
	t *typeTable
	v any
}

// Format shows what it finds.
func (f found) Format(s fmt.State, verb rune) {
	p := &printer{table: f.t, verb: verb, state: s}
	p.value(reflect.ValueOf(f.v), nil, 0)
}

// value writes v, whose type is t as far as it is known.
func (p *printer) value(v reflect.Value, t types.Type, depth int) {
	for v.IsValid() && v.Kind() == reflect.Interface && t != nil && !types.IsInterface(t) {
		v = v.Elem() // of a type that refers to itself
	}
	if !v.IsValid() && t != nil && p.verb != 'T' {
		p.write(nilText(t))
		return
	}
	if v.IsValid() && t == nil {
		p.table.mu.RLock()
		x := p.table.byRef[v.Type()]
		p.table.mu.RUnlock()
		if x != nil {
			t = x.Go
		} else if v.Type().Name() == "" && strings.Contains(v.Type().String(), "json:") {
			t = p.table.trueType(v.Type())
		}
	}
	if t != nil {
		if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
			t = types.Default(t)
		}
	}
	if p.verb == 'T' {
		p.write(p.name(v, t))
		return
	}
	if p.custom(v, t) {
		return
	}
	if t == nil || !p.composite(v, t, depth) {
		p.plain(v)
	}
}

func (p *printer) name(v reflect.Value, t types.Type) string {
	if t != nil {
		return typeName(t)
	}
	return reflectName(p.table, v.Type())
}

// nilText is how fmt shows a nil value.
func nilText(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Map:
		return "map[]"
	case *types.Slice:
		return "[]"
	}
	return "<nil>"
}

// plain leaves a value to fmt.
func (p *printer) plain(v reflect.Value) {
	if !v.IsValid() {
		fmt.Fprintf(p.state, fmt.FormatString(p.state, p.verb), nil)
		return
	}
	fmt.Fprintf(p.state, fmt.FormatString(p.state, p.verb), v.Interface())
}

// custom writes by Error, String, GoString or Format of the value's type.
func (p *printer) custom(v reflect.Value, t types.Type) bool {
	if t == nil || !v.IsValid() || types.IsInterface(t) {
		return false
	}
	x := p.typeOf(t)
	if x == nil {
		return false
	}
	if f, ok := x.method("Format").(func(any, fmt.State, rune)); ok {
		f(v.Interface(), p.state, p.verb)
		return true
	}
	if !strings.ContainsRune("vsxXq", p.verb) {
		return false
	}
	if p.verb == 'v' && p.state.Flag('#') {
		f := x.method("GoString")
		if f == nil {
			return false
		}
		p.write(callString(x, v.Interface(), "GoString"))
		return true
	}
	for _, name := range []string{"Error", "String"} {
		f := x.method(name)
		if f == nil || reflect.TypeOf(f).NumIn() != 1 || reflect.TypeOf(f).NumOut() != 1 || reflect.TypeOf(f).Out(0).Kind() != reflect.String {
			continue
		}
		if v.Kind() == reflect.Pointer && v.IsNil() {
			p.write("<nil>")
			return true
		}
		fmt.Fprintf(p.state, fmt.FormatString(p.state, p.verb), callString(x, v.Interface(), name))
		return true
	}
	return false
}

// typeOf finds the table's entry for a type of a cell.
func (p *printer) typeOf(t types.Type) *Type {
	p.table.mu.RLock()
	defer p.table.mu.RUnlock()
	for _, x := range p.table.byID {
		if x.Go != nil && len(x.methods) > 0 && types.Identical(x.Go, t) {
			return x
		}
	}
	return nil
}

// isCompiled says whether t is a named type of a compiled package, or a pointer to one.
func isCompiled(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && !cell.IsOwn(named.Obj().Pkg())
}

// reflectName is the name of a reflect type with the cells' names put in.
func reflectName(t *typeTable, rt reflect.Type) string {
	if rt == nil {
		return "<nil>"
	}
	t.mu.RLock()
	x := t.byRef[rt]
	t.mu.RUnlock()
	if x != nil {
		return typeName(x.Go)
	}
	if rt.Name() == "" && strings.Contains(rt.String(), "json:") {
		if named := t.trueType(rt); named != nil {
			return typeName(named)
		}
	}
	switch rt.Kind() {
	case reflect.Pointer:
		return "*" + reflectName(t, rt.Elem())
	case reflect.Slice:
		if rt.Name() == "" {
			return "[]" + reflectName(t, rt.Elem())
		}
	case reflect.Map:
		if rt.Name() == "" {
			return "map[" + reflectName(t, rt.Key()) + "]" + reflectName(t, rt.Elem())
		}
	}
	return rt.String()
}
