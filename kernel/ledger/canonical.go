package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Canonical is the one text of a value: sorted keys, no white space. The value must be one
// that encoding/json can write.
func Canonical(v any) []byte {
	data, err := canonical(v)
	if err != nil {
		panic(fmt.Sprintf("internal error: ledger: %v", err))
	}
	return data
}

// canonical is Canonical for values that come from elsewhere and may not be writable.
func canonical(v any) ([]byte, error) {
	if text, ok := directly(v); ok {
		return text, nil
	}
	plain, err := plainly(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = write(&b, plain)
	return b.Bytes(), err
}

// plainly makes maps, lists, strings and numbers of any value.
func plainly(v any) (plain any, err error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err = d.Decode(&plain)
	return plain, err
}

func write(b *bytes.Buffer, v any) error {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, key := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b.WriteByte(',')
			}
			writeScalar(b, key)
			b.WriteByte(':')
			if err := write(b, v[key]); err != nil {
				return err
			}
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, x := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := write(b, x); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	default:
		return writeScalar(b, v)
	}
	return nil
}

func writeScalar(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's line break
	return nil
}
