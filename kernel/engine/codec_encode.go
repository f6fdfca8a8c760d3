package engine

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// encodable is v as the format's encoder has to see it.
func (c *codec) encodable(v any, custom standIn) any {
	e := &mirror{codec: c, custom: custom}
	return e.dynamic(reflect.ValueOf(v), nil)
}

// A standIn is what stands for a value of type t with a method for the format, in an attribute or elsewhere. Nil:
// none of its methods counts there.
type standIn func(t types.Type, x *Type, receiver any, attr bool) any

// A mirror writes mirrors of values that are encoded.
type mirror struct {
	*codec
	custom standIn
	attr   bool // the field at hand is an attribute
	depth  int
}

// mirrorDepth is where a value is left as it is: one that holds itself has no end, which encoders tell.
const mirrorDepth = 1000

// dynamic is the mirror of a value in an interface.
func (m *mirror) dynamic(v reflect.Value, t types.Type) any {
	if v = m.value(v, t); v.IsValid() {
		return v.Interface()
	}
	return nil
}

// value is the mirror of v, whose type is t as far as it is known. No value: nil.
func (m *mirror) value(v reflect.Value, t types.Type) reflect.Value {
	v, t = m.resolve(v, t)
	if !v.IsValid() || t == nil || !m.needs(t) || m.depth > mirrorDepth {
		return v
	}
	m.depth++
	defer func() { m.depth-- }()
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return v
	}
	if x, receiver := m.codec.custom(v, t); x != nil {
		if in := m.custom(t, x, receiver, m.attr); in != nil {
			return reflect.ValueOf(in)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if v.Kind() == reflect.Pointer {
			return m.value(v.Elem(), u.Elem())
		}
	case *types.Slice:
		return m.list(v, u.Elem())
	case *types.Array:
		return m.list(v, u.Elem())
	case *types.Map:
		return m.mapping(v, u)
	case *types.Struct:
		if v.Kind() == reflect.Struct && v.NumField() == u.NumFields() {
			return m.structure(v, u)
		}
	}
	return v
}

func (m *mirror) list(v reflect.Value, elem types.Type) reflect.Value {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return reflect.ValueOf([]any(nil))
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = m.dynamic(v.Index(i), elem)
	}
	return reflect.ValueOf(list)
}

// mapping keeps keys of kind string, which encoders take as they are.
func (m *mirror) mapping(v reflect.Value, u *types.Map) reflect.Value {
	key := v.Type().Key()
	x := m.owner(u.Key())
	custom := x.method("MarshalText") != nil && key.Kind() != reflect.String || types.IsInterface(u.Key())
	if custom {
		key = reflect.TypeFor[textKey]()
	}
	to := reflect.MapOf(key, reflect.TypeFor[any]())
	if v.IsNil() {
		return reflect.Zero(to)
	}
	out := reflect.MakeMapWithSize(to, v.Len())
	for _, k := range v.MapKeys() {
		elem := reflect.Zero(to.Elem())
		if x := m.value(v.MapIndex(k), u.Elem()); x.IsValid() {
			elem = x
		}
		if custom {
			k = reflect.ValueOf(textKey{m.dynamic(k, u.Key())})
		}
		out.SetMapIndex(k, elem)
	}
	return out
}

// structure has a field for each that the format sees. One that is left out when empty is left out here:
// what stands for it may not look empty.
func (m *mirror) structure(v reflect.Value, u *types.Struct) reflect.Value {
	var fields []reflect.StructField
	var vals []reflect.Value
	for _, f := range m.fields(u) {
		fv := v.Field(f.at)
		f.Type = fv.Type()
		if m.omits(&f, fv) {
			continue
		}
		if m.needs(f.typ) || f.Anonymous {
			mv := m.field(f, fv)
			if !mv.IsValid() && f.Anonymous {
				continue
			}
			fv = mv
			if f.Type = reflect.TypeFor[any](); mv.IsValid() && (f.Anonymous || m.names) {
				f.Type = mv.Type()
			}
		}
		fields, vals = append(fields, f.StructField), append(vals, fv)
	}
	out := reflect.New(reflect.StructOf(fields)).Elem()
	for i, fv := range vals {
		if fv.IsValid() {
			out.Field(i).Set(fv)
		}
	}
	return out
}

// field is the mirror of a field. What an embedded struct has as methods counts as the outer one's; its
// fields alone are left.
func (m *mirror) field(f field, v reflect.Value) reflect.Value {
	if !f.Anonymous {
		m.attr = hasOption(f.Tag.Get(m.key), "attr")
		defer func() { m.attr = false }()
		return m.value(v, f.typ)
	}
	t := f.typ
	if v, _ = m.resolve(v, t); !v.IsValid() {
		return v
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}
		}
		v, t = v.Elem(), t.Underlying().(*types.Pointer).Elem()
	}
	return m.structure(v, t.Underlying().(*types.Struct))
}

// omits reports whether the options of a field leave out this value. A method IsZero of the cell decides for the
// option omitzero, which the field has no longer then.
func (m *mirror) omits(f *field, v reflect.Value) bool {
	tag := f.Tag.Get(m.key)
	if hasOption(tag, "omitempty") && isEmpty(v) {
		return true
	}
	if !hasOption(tag, "omitzero") {
		return false
	}
	receiver := v
	is, ok := m.zeroer(f.typ).method("IsZero").(func(any) bool)
	if !ok && v.CanAddr() {
		receiver = v.Addr()
		is, ok = m.zeroer(types.NewPointer(f.typ)).method("IsZero").(func(any) bool)
	}
	switch {
	case !ok:
		return v.IsZero() && !isCompiled(f.typ) // a compiled type may have the method
	case receiver.Kind() == reflect.Pointer && receiver.IsNil():
		return true
	}
	f.Tag = reflect.StructTag(strings.ReplaceAll(string(f.Tag), ",omitzero", ""))
	return is(receiver.Interface())
}

// isEmpty is what encoders leave out by the option omitempty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func hasOption(tag, option string) bool { return slices.Contains(strings.Split(tag, ",")[1:], option) }
