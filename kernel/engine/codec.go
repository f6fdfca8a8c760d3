package engine

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// Compiled code that walks a value by reflection, as encoding/json does, sees the interpreter's types: no
// methods, embedded structs as fields of that name, unexported fields. A mirror is a value of types that
// show it what it would see in a compiled program: in the place of what has a method for the format stands
// something compiled that calls it, structs have exported fields only, and truly embedded ones.

// A codec knows how a format treats types.
type codec struct {
	table   *typeTable
	key     string   // of its tags
	methods []string // that types may have for it
	// names: structs are written under the name of their type, if nothing else names them.
	names  bool
	closed bool // what an interface holds is of no interest: values are only made
	need   map[types.Type]bool
	owners map[types.Type]*Type
	seen   map[*types.Struct][]field
}

func (t *typeTable) codec(key string, methods ...string) *codec {
	return &codec{table: t, key: key, methods: methods, need: map[types.Type]bool{}, owners: map[types.Type]*Type{}, seen: map[*types.Struct][]field{}}
}

// needs reports whether compiled code would see values of type t otherwise than they are.
func (c *codec) needs(t types.Type) bool {
	if n, ok := c.need[t]; ok {
		return n
	}
	c.need[t] = false // while it is looked at: a type that refers to itself
	c.need[t] = c.needsLook(t)
	return c.need[t]
}

func (c *codec) needsLook(t types.Type) bool {
	if isCompiled(t) {
		return false
	}
	if c.owner(t) != nil || c.owner(types.NewPointer(t)) != nil {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return !c.closed
	case *types.Pointer:
		return c.needs(u.Elem())
	case *types.Slice:
		return c.needs(u.Elem())
	case *types.Array:
		return c.needs(u.Elem())
	case *types.Map:
		return c.needs(u.Key()) || c.needs(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if f.Embedded() || !f.Exported() || c.needs(f.Type()) || !c.closed && c.zeroer(f.Type()) != nil {
				return true
			}
		}
	}
	return false
}

// owner is the table's entry of a type that has one of the format's methods, or nil.
func (c *codec) owner(t types.Type) *Type {
	if x, ok := c.owners[t]; ok {
		return x
	}
	x := (&printer{table: c.table}).typeOf(t)
	if x != nil && c.methodOf(x) == "" {
		x = nil
	}
	c.owners[t] = x
	return x
}

// zeroer is the table's entry of a type that has the method IsZero, which the option omitzero asks, or nil.
func (c *codec) zeroer(t types.Type) *Type {
	x := (&printer{table: c.table}).typeOf(t)
	if x == nil || x.method("IsZero") == nil {
		return nil
	}
	return x
}

// methodOf is the first of the format's methods that a type has, or "".
func (c *codec) methodOf(x *Type) string {
	for _, name := range c.methods {
		if x.method(name) != nil {
			return name
		}
	}
	return ""
}

// custom is the entry of a type with a method for the format, and the receiver for it: a pointer, if v
// can be addressed.
func (c *codec) custom(v reflect.Value, t types.Type) (*Type, any) {
	if v.CanAddr() {
		if x := c.owner(types.NewPointer(t)); x != nil {
			return x, v.Addr().Interface()
		}
	}
	if x := c.owner(t); x != nil {
		return x, v.Interface()
	}
	return nil, nil
}

// resolve looks into interfaces: a value and its type as far as it is known.
func (c *codec) resolve(v reflect.Value, t types.Type) (reflect.Value, types.Type) {
	for v.IsValid() && v.Kind() == reflect.Interface {
		if t != nil && types.IsInterface(t) {
			t = nil
		}
		v = v.Elem()
	}
	if !v.IsValid() {
		return v, t
	}
	switch b := v.Interface().(type) {
	case Boxed:
		return c.resolve(reflect.ValueOf(b.V), b.T.Go)
	case wrapped:
		return c.resolve(reflect.ValueOf(b.unwrap()), nil)
	}
	if t == nil {
		t = c.table.trueType(v.Type())
	}
	return v, t
}

// A field is one of a struct as compiled code has to see it.
type field struct {
	reflect.StructField
	at  int // in the struct of the cell
	typ types.Type
}

// fields are those of a struct that the format may see.
func (c *codec) fields(u *types.Struct) []field {
	list, ok := c.seen[u]
	if ok {
		return list
	}
	for i := range u.NumFields() {
		f := u.Field(i)
		sf := field{reflect.StructField{Name: f.Name(), Tag: reflect.StructTag(u.Tag(i))}, i, f.Type()}
		name, _, _ := strings.Cut(sf.Tag.Get(c.key), ",")
		if f.Embedded() && name == "" && c.promotes(f.Type()) {
			sf.Anonymous, sf.Name = true, fmt.Sprintf("Embedded%d", i)
		} else if !f.Exported() {
			continue
		}
		list = append(list, sf)
	}
	c.seen[u] = list
	return list
}

// promotes reports whether an embedded field is a struct whose fields count as those of the outer one.
func (c *codec) promotes(t types.Type) bool {
	s := embedded(t)
	return s != nil && !isCompiled(t) && !embedsItself(s, map[*types.Struct]bool{})
}

// embedded is the struct that an embedded field is or points to, or nil.
func embedded(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func embedsItself(s *types.Struct, above map[*types.Struct]bool) bool {
	if above[s] {
		return true
	}
	above[s] = true
	defer delete(above, s)
	for i := range s.NumFields() {
		if f := s.Field(i); f.Embedded() {
			if in := embedded(f.Type()); in != nil && !isCompiled(f.Type()) && embedsItself(in, above) {
				return true
			}
		}
	}
	return false
}
