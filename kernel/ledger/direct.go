package ledger

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// directly writes the canonical text of a value whose types it knows, which are those of records
// and of most outputs, without the detour of canonical: a cell does not wait for its
// record. It says false for all others.
func directly(v any) ([]byte, bool) { return appendValue(nil, reflect.ValueOf(v)) }

func appendValue(b []byte, v reflect.Value) ([]byte, bool) {
	if !v.IsValid() {
		return append(b, "null"...), true
	}
	if m := v.Type(); m.Implements(marshaler) || m == numberType {
		return b, false
	}
	switch v.Kind() {
	case reflect.String:
		return appendString(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), true
	case reflect.Int, reflect.Int64, reflect.Int32:
		return strconv.AppendInt(b, v.Int(), 10), true
	case reflect.Uint64, reflect.Uint32:
		return strconv.AppendUint(b, v.Uint(), 10), true
	case reflect.Pointer, reflect.Interface:
		return appendValue(b, v.Elem())
	case reflect.Slice:
		return appendList(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	}
	switch m := v.Interface().(type) {
	case map[string]any:
		return appendMap(b, m)
	case map[string]string:
		return appendMap(b, m)
	}
	return b, false
}

var (
	marshaler  = reflect.TypeFor[json.Marshaler]()
	numberType = reflect.TypeFor[json.Number]()
)

// appendString writes a string. One that is not UTF-8 is replaced elsewhere.
func appendString(b []byte, s string) ([]byte, bool) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			var text bytes.Buffer
			if !utf8.ValidString(s) || writeScalar(&text, s) != nil {
				return b, false
			}
			return append(b, text.Bytes()...), true
		}
	}
	return append(append(append(b, '"'), s...), '"'), true
}

func appendList(b []byte, v reflect.Value) (_ []byte, ok bool) {
	if v.IsNil() {
		return append(b, "null"...), true
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return b, false // JSON has base64 for them
	}
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, ok = appendValue(b, v.Index(i)); !ok {
			return b, false
		}
	}
	return append(b, ']'), true
}

func appendMap[V any](b []byte, m map[string]V) (_ []byte, ok bool) {
	if m == nil {
		return append(b, "null"...), true
	}
	b = append(b, '{')
	for i, key := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			b = append(b, ',')
		}
		if b, ok = appendString(b, key); !ok {
			return b, false
		}
		b = append(b, ':')
		if b, ok = appendValue(b, reflect.ValueOf(m[key])); !ok {
			return b, false
		}
	}
	return append(b, '}'), true
}

// A field is one of a struct, as its tag has it.
type field struct {
	name             string
	index            []int
	omitEmpty, quote bool
}

func appendStruct(b []byte, v reflect.Value) (_ []byte, ok bool) {
	list, ok := fieldsOf(v.Type())
	if !ok {
		return b, false
	}
	b = append(b, '{')
	first := true
	for _, f := range list {
		x := v.FieldByIndex(f.index)
		if f.omitEmpty && isEmpty(x) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), f.name...), `":`...)
		if f.quote {
			b = append(b, '"')
		}
		if b, ok = appendValue(b, x); !ok {
			return b, false
		}
		if f.quote {
			b = append(b, '"')
		}
	}
	return append(b, '}'), true
}

// isEmpty is what omitempty leaves out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

var fieldCache sync.Map // reflect.Type to []field

// fieldsOf lists the fields of a struct sorted by name. It knows what the structs of this
// package have: tags with a name on every field, and structs embedded without one.
func fieldsOf(t reflect.Type) ([]field, bool) {
	if known, ok := fieldCache.Load(t); ok {
		return known.([]field), true
	}
	var list []field
	for _, f := range reflect.VisibleFields(t) {
		tag, tagged := f.Tag.Lookup("json")
		if f.Anonymous && !tagged {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if !f.IsExported() || name == "" || name == "-" {
			return nil, false
		}
		list = append(list, field{name, f.Index, strings.Contains(options, "omitempty"), strings.Contains(options, "string")})
	}
	slices.SortFunc(list, func(a, b field) int { return cmp.Compare(a.name, b.name) })
	fieldCache.Store(t, list)
	return list, true
}
