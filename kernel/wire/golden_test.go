package wire

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// captured is testdata/frames.json: what jupyter_client puts on the wire, see testdata/capture.py.
type captured struct {
	Key      string
	Messages []struct {
		Name, Line string
		Frames     []latin1
	}
}

// latin1 is bytes that were written one character each.
type latin1 []byte

func (b *latin1) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*b = []byte{} // a missing frame is nil, an empty one is not
	for _, r := range s {
		*b = append(*b, byte(r))
	}
	return nil
}

func readCaptured(t testing.TB) captured {
	t.Helper()
	data, err := os.ReadFile("testdata/frames.json")
	if err != nil {
		t.Fatal(err)
	}
	var c captured
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Messages) < 12 {
		t.Fatalf("%d captured messages; want 12 or more", len(c.Messages))
	}
	return c
}

func (c captured) frames(i int) [][]byte {
	var frames [][]byte
	for _, f := range c.Messages[i].Frames {
		frames = append(frames, f)
	}
	return frames
}

// find decodes the captured message of that name.
func (c captured) find(t *testing.T, name string) *Message {
	t.Helper()
	for i, m := range c.Messages {
		if m.Name == name {
			got, err := NewCodec(c.Key).Decode(c.frames(i))
			if err != nil {
				t.Fatalf("%s (%s): %v", name, m.Line, err)
			}
			return got
		}
	}
	t.Fatalf("no captured message %q", name)
	return nil
}

// What jupyter_client wrote is read, and written again it is read the same and signed as jupyter_client signs.
func TestGoldenFramesAreRead(t *testing.T) {
	c := readCaptured(t)
	for i, want := range c.Messages {
		t.Run(want.Name, func(t *testing.T) {
			frames := c.frames(i)
			m, err := NewCodec(c.Key).Decode(frames)
			if err != nil {
				t.Fatal(err)
			}
			again, err := NewCodec(c.Key).Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			if len(again) != len(frames) {
				t.Fatalf("%d frames; want %d", len(again), len(frames))
			}
			for j := range frames {
				if j == len(m.IDs)+1 {
					continue // the signature: spaces differ
				}
				if !bytes.Equal(compact(again[j]), compact(frames[j])) {
					t.Errorf("frame %d is %q; want %q", j, again[j], frames[j])
				}
			}
		})
	}
}

// compact takes the spaces out of a JSON frame and leaves another as it is.
func compact(frame []byte) []byte {
	var v any
	if json.Unmarshal(frame, &v) != nil {
		return frame
	}
	b, _ := json.Marshal(v)
	return b
}

func TestGoldenContents(t *testing.T) {
	c := readCaptured(t)
	full, err := Parse[ExecuteRequest](c.find(t, "execute"))
	if err != nil || full.Code != "x := 1\nfmt.Println(x)" || full.UserExpressions["x"] != "x" || !full.AllowStdin {
		t.Errorf("execute is %+v, %v", full, err)
	}
	short, err := Parse[ExecuteRequest](c.find(t, "execute with defaults"))
	if err != nil || !short.StoreHistory || !short.AllowStdin || !short.StopOnError || short.Silent {
		t.Errorf("defaults are %+v, %v", short, err)
	}
	complete, err := Parse[CompleteRequest](c.find(t, "code in many scripts"))
	if err != nil || complete.Code[:complete.Cursor()] != "Grüße, 世界" {
		t.Errorf("cursor 9 is after %q, %v", complete.Code[:complete.Cursor()], err)
	}
	end, err := Parse[CompleteRequest](c.find(t, "no cursor"))
	if err != nil || end.Cursor() != len("fmt.") {
		t.Errorf("no cursor is %d, %v", end.Cursor(), err)
	}
	if m := c.find(t, "metadata"); m.Metadata["cellId"] != "a1" {
		t.Errorf("metadata is %v", m.Metadata)
	}
	if m := c.find(t, "buffers"); len(m.Buffers) != 2 || string(m.Buffers[0]) != "\x00\xff" || len(m.Buffers[1]) != 0 {
		t.Errorf("buffers are %q", m.Buffers)
	}
	if m := c.find(t, "child"); m.Parent == nil || m.Parent.MsgID != "fixed" || m.Parent.Username != "ada" {
		t.Errorf("parent is %+v", m.Parent)
	}
	if m := c.find(t, "subshell"); m.Header.SubshellID != "s1" {
		t.Errorf("subshell is %q", m.Header.SubshellID)
	}
	if m := c.find(t, "no routing"); len(m.IDs) != 0 {
		t.Errorf("routing is %q", m.IDs)
	}
	if m := c.find(t, "nobody's type"); m.Type() != "launch_request" || string(m.Content.(Raw).JSON) == "" {
		t.Errorf("unknown type is %+v", m)
	}
}
