package ledger

import (
	"bytes"
	"encoding/json"
	mathrand "math/rand"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/quick"
)

// Both ways to the canonical text must be one text: of random records, and of what outputs hold.
func TestDirectlyIsTheDetour(t *testing.T) {
	direct := 0
	same := func(v any) bool {
		got, ok := directly(v)
		if !ok {
			return true
		}
		direct++
		plain, err := plainly(v)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := write(&want, plain); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s\nwant %s", got, want.Bytes())
			return false
		}
		return true
	}
	words := []string{"", "a", "model/1/dense", "é", "a\"b", "line\nbreak", "<b>", "\xff", "\u2028", "tab\t\\", "\x7f\x00"}
	config := &quick.Config{MaxCount: 2000, Values: func(args []reflect.Value, _ *mathrand.Rand) {
		args[0] = reflect.ValueOf(randomRecord(words))
	}}
	if err := quick.Check(func(r Record) bool {
		bare := r
		bare.Volatile = nil
		return same(r) && same(&bare) && same(r.Volatile)
	}, config); err != nil {
		t.Error(err)
	}
	for _, v := range []any{nil, true, 1, []any{}, []string(nil), map[string]any{"b": 1, "a": []any{"x", nil, false}},
		map[string]any{"text/plain": "1.5", "n": 1.5}, map[string]string{"<": ">"}, json.Number("1e5"), []byte("x"), [2]int{1, 2}} {
		same(v)
	}
	if direct < 1000 {
		t.Errorf("only %d values were written directly", direct)
	}
}

// randomRecord is a record with a random choice of its fields.
func randomRecord(words []string) Record {
	var r Record
	fill(reflect.ValueOf(&r).Elem(), words, 0)
	return r
}

func fill(v reflect.Value, words []string, depth int) {
	if rand.IntN(3) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[rand.IntN(len(words)-rand.IntN(len(words)))])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(rand.Int64() - rand.Int64())
	case reflect.Uint64:
		v.SetUint(rand.Uint64())
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), words, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rand.IntN(3), 3))
		for i := range v.Len() {
			fill(v.Index(i), words, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rand.IntN(3) {
			v.SetMapIndex(reflect.ValueOf(words[rand.IntN(len(words))]), reflect.ValueOf(words[rand.IntN(len(words))]))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), words, depth+1)
		}
	}
}
