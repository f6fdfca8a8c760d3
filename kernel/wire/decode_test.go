package wire

import (
	"bytes"
	"testing"
)

// Whatever comes, Decode gives an error or a message that can be written again.
// The frames are parted by NUL bytes.
func FuzzDecode(f *testing.F) {
	c := readCaptured(f)
	for i := range c.Messages {
		f.Add(bytes.Join(c.frames(i), []byte{0}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		frames := bytes.Split(data, []byte{0})
		m, err := NewCodec("").Decode(frames)
		if err != nil {
			return
		}
		for _, parse := range []func(*Message) error{
			parsed[ExecuteRequest], parsed[CompleteRequest], parsed[InspectRequest], parsed[HistoryRequest],
			parsed[CommOpen], parsed[CommMsg], parsed[InputReply], parsed[ShutdownRequest],
		} {
			parse(m) // an error is fine, a panic is not
		}
		if _, err := NewCodec("").Encode(m); err != nil {
			t.Fatalf("decoded but cannot be encoded: %v", err)
		}
	})
}

func parsed[T Content](m *Message) error { _, err := Parse[T](m); return err }
