package engine

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// A jsonReader decodes JSON into variables of cells. Where compiled code would see the type of a part otherwise
// than it is, it gets the text of that part, which is then decoded in turn.
type jsonReader struct {
	*codec
	numbers, strict bool // UseNumber, DisallowUnknownFields
}

// JSONUnmarshal is json.Unmarshal into a variable of cells.
func (t *typeTable) JSONUnmarshal(data []byte, v any) error {
	r := &jsonReader{codec: t.jsonCodec()}
	dst, typ := r.resolve(reflect.ValueOf(v), nil)
	if dst.Kind() != reflect.Pointer || dst.IsNil() || typ == nil || !r.needs(typ) {
		if dst.IsValid() {
			v = dst.Interface()
		}
		return renamed(json.Unmarshal(data, v), reflect.TypeOf(v), typ)
	}
	if !json.Valid(data) {
		return json.Unmarshal(data, new(any)) // the error, before anything is set
	}
	return r.value(data, dst, typ)
}

// JSONDecode is the method Decode of a json.Decoder.
func (t *typeTable) JSONDecode(d *json.Decoder, v any) error {
	r := &jsonReader{codec: t.jsonCodec()}
	dst, typ := r.resolve(reflect.ValueOf(v), nil)
	if dst.Kind() != reflect.Pointer || dst.IsNil() || typ == nil || !r.needs(typ) {
		if dst.IsValid() {
			v = dst.Interface()
		}
		return renamed(d.Decode(v), reflect.TypeOf(v), typ)
	}
	state := reflect.ValueOf(d).Elem().FieldByName("d")
	option := func(name string) bool {
		f := reflect.Value{}
		if state.Kind() == reflect.Struct {
			f = state.FieldByName(name)
		}
		return f.Kind() == reflect.Bool && f.Bool()
	}
	r.numbers, r.strict = option("useNumber"), option("disallowUnknownFields")
	var data json.RawMessage
	if err := d.Decode(&data); err != nil {
		return err
	}
	return r.value(data, dst, typ)
}

func (t *typeTable) jsonCodec() *codec {
	c := t.codec("json", "UnmarshalJSON", "UnmarshalText")
	c.closed = true
	return c
}

// plain decodes what compiled code sees as it is.
func (r *jsonReader) plain(data []byte, ptr any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if r.numbers {
		d.UseNumber()
	}
	if r.strict {
		d.DisallowUnknownFields()
	}
	return d.Decode(ptr)
}

// value decodes into dst: a pointer that is not nil, or a variable.
func (r *jsonReader) value(data []byte, dst reflect.Value, t types.Type) error {
	u, isPointer := t.Underlying().(*types.Pointer)
	null := string(data) == "null"
	switch {
	case dst.Kind() == reflect.Interface && (isPointer || !types.IsInterface(t)):
		return r.hidden(data, dst, t)
	case !dst.CanAddr():
		return r.value(data, dst.Elem(), u.Elem())
	case !r.needs(t) || types.IsInterface(t):
		return r.plain(data, dst.Addr().Interface())
	case isPointer && null:
		dst.SetZero()
		return nil
	case isPointer:
		if dst.IsNil() {
			dst.Set(reflect.New(dst.Type().Elem()))
		}
		return r.value(data, dst.Elem(), u.Elem())
	}
	if x, receiver := r.custom(dst, t); x != nil {
		if done, err := r.call(data, x, receiver); done {
			return renamed(err, reflect.TypeFor[*textReader](), t)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return r.slice(data, dst, t, u.Elem())
	case *types.Array:
		return r.array(data, dst, t, u.Elem())
	case *types.Map:
		return r.mapping(data, dst, t, u)
	case *types.Struct:
		if dst.Kind() == reflect.Struct && dst.NumField() == u.NumFields() {
			return r.structure(data, dst, u)
		}
	}
	return r.plain(data, dst.Addr().Interface())
}

// hidden decodes into an interface that holds the value of a type that refers to itself.
func (r *jsonReader) hidden(data []byte, dst reflect.Value, t types.Type) error {
	p, ok := t.Underlying().(*types.Pointer)
	if ok && string(data) == "null" {
		dst.SetZero()
		return nil
	}
	if !ok {
		return r.plain(data, dst.Addr().Interface())
	}
	to := dst.Elem()
	if !to.IsValid() || to.Kind() != reflect.Pointer || to.IsNil() {
		rt := r.table.reflected(p.Elem())
		if rt == nil {
			return r.plain(data, dst.Addr().Interface())
		}
		to = reflect.New(rt)
	}
	err := r.value(data, to, t)
	dst.Set(to)
	return err
}

// reflected is the reflect type of a type of a cell, if it has one of its own.
func (t *typeTable) reflected(typ types.Type) reflect.Type {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, x := range t.byID {
		if x.rtype != nil && x.Go != nil && types.Identical(x.Go, typ) {
			return x.rtype
		}
	}
	return nil
}

// call lets a method of the cell decode. False: it has none that could.
func (r *jsonReader) call(data []byte, x *Type, receiver any) (bool, error) {
	if f, ok := x.method("UnmarshalJSON").(func(any, []byte) error); ok {
		return true, f(receiver, data)
	}
	f, ok := x.method("UnmarshalText").(func(any, []byte) error)
	if !ok {
		return false, nil
	}
	t := textReader{func(text []byte) error { return f(receiver, text) }}
	return true, json.Unmarshal(data, &t)
}

// A textReader stands for a variable of a cell that has UnmarshalText.
type textReader struct{ call func([]byte) error }

// UnmarshalText calls the cell's method.
func (t *textReader) UnmarshalText(text []byte) error { return t.call(text) }

func (r *jsonReader) slice(data []byte, dst reflect.Value, t, elem types.Type) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return r.wrong(data, dst, t)
	}
	if parts == nil {
		dst.SetZero()
		return nil
	}
	list := reflect.MakeSlice(dst.Type(), len(parts), len(parts))
	dst.Set(list)
	return r.each(parts, list, elem)
}

func (r *jsonReader) array(data []byte, dst reflect.Value, t, elem types.Type) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return r.wrong(data, dst, t)
	}
	if parts == nil {
		return nil
	}
	for i := len(parts); i < dst.Len(); i++ {
		dst.Index(i).SetZero()
	}
	return r.each(parts[:min(len(parts), dst.Len())], dst, elem)
}

// each decodes elements. As encoding/json does, it goes on after an element of a wrong type, and tells the first error.
func (r *jsonReader) each(parts []json.RawMessage, list reflect.Value, elem types.Type) (first error) {
	for i, p := range parts {
		first = cmp.Or(first, r.value(p, list.Index(i), elem))
	}
	return first
}

// wrong is the error that compiled code has for text of a wrong form.
func (r *jsonReader) wrong(data []byte, dst reflect.Value, t types.Type) error {
	return renamed(json.Unmarshal(data, reflect.New(dst.Type()).Interface()), dst.Type(), t)
}

// renamed puts the name of a type of a cell in the place of what reflection sees.
func renamed(err error, rt reflect.Type, t types.Type) error {
	var wrongType *json.UnmarshalTypeError
	var invalid *json.InvalidUnmarshalError
	if t == nil || !errors.As(err, &wrongType) && !errors.As(err, &invalid) {
		return err
	}
	for _, end := range []string{"", ")"} { // both kinds end in the type
		if text, ok := strings.CutSuffix(err.Error(), " "+rt.String()+end); ok {
			return &namedError{text + " " + typeName(t) + end, err}
		}
	}
	return err
}

func (r *jsonReader) mapping(data []byte, dst reflect.Value, t types.Type, u *types.Map) error {
	key := dst.Type().Key()
	x := r.owner(types.NewPointer(u.Key()))
	if x != nil && x.method("UnmarshalText") != nil {
		key = reflect.TypeFor[string]()
	}
	parts := reflect.New(reflect.MapOf(key, reflect.TypeFor[json.RawMessage]()))
	if err := json.Unmarshal(data, parts.Interface()); err != nil {
		return r.wrong(data, dst, t)
	}
	if parts.Elem().IsNil() {
		dst.SetZero()
		return nil
	}
	if dst.IsNil() {
		dst.Set(reflect.MakeMap(dst.Type()))
	}
	var first error
	keys := parts.Elem().MapKeys()
	slices.SortFunc(keys, compare)
	for _, k := range keys {
		elem := reflect.New(dst.Type().Elem()).Elem()
		first = cmp.Or(first, r.value(parts.Elem().MapIndex(k).Bytes(), elem, u.Elem()))
		to := reflect.New(dst.Type().Key())
		if key != dst.Type().Key() {
			if f, ok := x.method("UnmarshalText").(func(any, []byte) error); ok {
				first = cmp.Or(first, f(to.Interface(), []byte(k.String())))
			}
			k = to.Elem()
		}
		dst.SetMapIndex(k, elem)
	}
	return first
}

// structure decodes into a struct. A value of a wrong type in a part stood before what ends the decoding.
func (r *jsonReader) structure(data []byte, dst reflect.Value, u *types.Struct) error {
	l := likeness{r.codec, rawPart, func(part, field reflect.Value, t types.Type) error {
		if part.IsNil() {
			return nil
		}
		return r.value(part.Bytes(), field, t)
	}}
	err, inPart := l.decode(dst, u, func(like any) error { return r.plain(data, like) })
	return cmp.Or(inPart, err)
}

// rawPart keeps the text of a field.
func rawPart(f field) reflect.StructField {
	f.Type = reflect.TypeFor[json.RawMessage]()
	return f.StructField
}
