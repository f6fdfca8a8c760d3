package kerneltest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"reprise/kernel/wire"
)

// describe shows a message in a failure.
func describe(m *wire.Message) string {
	content, _ := json.Marshal(m.Content)
	return fmt.Sprintf("%s %.500s", m.Type(), content)
}

func (f *Frontend) decode(m *wire.Message, into any) {
	f.t.Helper()
	raw, ok := m.Content.(wire.Raw)
	if !ok {
		f.t.Fatalf("%s was not received", m.Type())
	}
	if err := json.Unmarshal(raw.JSON, into); err != nil {
		f.t.Fatalf("content of %s: %v", m.Type(), err)
	}
}

// roundTrip gives c as it would be received: JSON makes float64 of every number and [] of no slice.
func roundTrip(t testing.TB, c wire.Content) any {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.New(reflect.TypeOf(c))
	if err := json.Unmarshal(data, v.Interface()); err != nil {
		t.Fatal(err)
	}
	return v.Elem().Interface()
}
