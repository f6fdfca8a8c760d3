package engine

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"go/types"
	"strings"
)

// JSONMarshal is json.Marshal of a value of cells.
func (t *typeTable) JSONMarshal(v any) ([]byte, error) {
	m, done := t.jsonValue(v)
	data, err := json.Marshal(m)
	return data, done(err)
}

// JSONMarshalIndent is json.MarshalIndent of a value of cells.
func (t *typeTable) JSONMarshalIndent(v any, prefix, indent string) ([]byte, error) {
	m, done := t.jsonValue(v)
	data, err := json.MarshalIndent(m, prefix, indent)
	return data, done(err)
}

// JSONEncode is the method Encode of a json.Encoder.
func (t *typeTable) JSONEncode(e *json.Encoder, v any) error {
	m, done := t.jsonValue(v)
	return done(e.Encode(m))
}

// jsonValue is v as encoding/json has to see it. The error that comes of it names types as cells do.
func (t *typeTable) jsonValue(v any) (m any, done func(error) error) {
	failed := ""
	m = t.codec("json", "MarshalJSON", "MarshalText").encodable(v, func(t types.Type, x *Type, receiver any, _ bool) any {
		if f, ok := x.method("MarshalJSON").(func(any) ([]byte, error)); ok {
			return &jsonMarshaler{func() ([]byte, error) { return f(receiver) }, t, &failed}
		}
		if f, ok := x.method("MarshalText").(func(any) ([]byte, error)); ok {
			return &textMarshaler{func() ([]byte, error) { return f(receiver) }, t, &failed}
		}
		return nil
	})
	return m, func(err error) error {
		if failed == "" || err == nil {
			return err
		}
		return &namedError{strings.NewReplacer("*engine.jsonMarshaler", failed, "*engine.textMarshaler", failed, "engine.textKey", failed).Replace(err.Error()), err}
	}
}

// A namedError says what an error says in the names that cells know.
type namedError struct {
	text string
	err  error
}

func (e *namedError) Error() string { return e.text }
func (e *namedError) Unwrap() error { return e.err }

// A jsonMarshaler stands for a value of a cell that has MarshalJSON.
type jsonMarshaler struct {
	call   func() ([]byte, error)
	typ    types.Type
	failed *string
}

// MarshalJSON calls the cell's method.
func (j *jsonMarshaler) MarshalJSON() ([]byte, error) {
	data, err := j.call()
	if err == nil && !json.Valid(data) {
		err = json.Compact(new(bytes.Buffer), data) // its words
	}
	if err != nil {
		*j.failed = typeName(j.typ)
	}
	return data, err
}

// A textMarshaler stands for a value of a cell that has MarshalText.
type textMarshaler struct {
	call   func() ([]byte, error)
	typ    types.Type
	failed *string
}

// MarshalText calls the cell's method.
func (m *textMarshaler) MarshalText() ([]byte, error) {
	data, err := m.call()
	if err != nil {
		*m.failed = typeName(m.typ)
	}
	return data, err
}

// A textKey stands for the key of a map.
type textKey struct{ v any }

// MarshalText calls the cell's method.
func (k textKey) MarshalText() ([]byte, error) {
	if m, ok := k.v.(encoding.TextMarshaler); ok {
		return m.MarshalText()
	}
	return nil, fmt.Errorf("it has no method MarshalText")
}
