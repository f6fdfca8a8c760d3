package wire

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func request(c *Codec) [][]byte {
	m := NewSession("ada").Request(ExecuteRequest{Code: "1"})
	m.IDs = [][]byte{[]byte("client")}
	frames, err := c.Encode(m)
	if err != nil {
		panic(err)
	}
	return frames
}

func TestSignature(t *testing.T) {
	frames := request(NewCodec("right"))
	if _, err := NewCodec("wrong").Decode(frames); !errors.Is(err, ErrSignature) {
		t.Errorf("another key: %v; want ErrSignature", err)
	}
	for i := 2; i < len(frames); i++ { // signature, header, parent, metadata, content
		forged := append([][]byte{}, frames...)
		forged[i] = append([]byte(" "), frames[i]...)
		if _, err := NewCodec("right").Decode(forged); !errors.Is(err, ErrSignature) {
			t.Errorf("frame %d changed: %v; want ErrSignature", i, err)
		}
	}
	if _, err := NewCodec("right").Decode(frames); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

func TestUnsigned(t *testing.T) {
	c := NewCodec("")
	frames := request(c)
	if len(frames[2]) != 0 {
		t.Errorf("signature is %q; want none", frames[2])
	}
	for range 2 { // without signatures copies cannot be told
		if _, err := c.Decode(frames); err != nil {
			t.Error(err)
		}
	}
}

func TestReplayIsRefused(t *testing.T) {
	c := NewCodec("key")
	frames := request(c)
	if _, err := c.Decode(frames); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Decode(frames); !errors.Is(err, ErrReplay) {
		t.Errorf("second time: %v; want ErrReplay", err)
	}
	for range recentSize { // the memory is bounded: the oldest is forgotten
		if _, err := c.Decode(request(c)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Decode(frames); err != nil {
		t.Errorf("after %d others: %v", recentSize, err)
	}
	if len(c.seen.set) != recentSize {
		t.Errorf("%d signatures kept; want %d", len(c.seen.set), recentSize)
	}
}

func TestDecodeRefuses(t *testing.T) {
	ok := []string{"id", "<IDS|MSG>", "", `{"msg_id":"1","msg_type":"t"}`, "{}", "{}", "{}"}
	for _, tc := range []struct {
		name  string
		frame int
		text  string
		want  string
	}{
		{"no delimiter", 1, "nothing", "no <IDS|MSG>"},
		{"header is not JSON", 3, "{", "header"},
		{"header is a list", 3, "[]", "header"},
		{"header is null", 3, "null", "msg_id"},
		{"no id", 3, `{"msg_type":"t"}`, "msg_id"},
		{"no type", 3, `{"msg_id":"1","msg_type":7}`, "msg_type"},
		{"content is not JSON", 6, "{", "content of t"},
	} {
		frames := asFrames(ok)
		frames[tc.frame] = []byte(tc.text)
		if _, err := NewCodec("").Decode(frames); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v; want an error with %q", tc.name, err, tc.want)
		}
	}
	for n := range len(ok) {
		if _, err := NewCodec("").Decode(asFrames(ok[:n])); err == nil {
			t.Errorf("%d frames were taken", n)
		}
	}
	if _, err := NewCodec("").Decode(asFrames(ok)); err != nil {
		t.Error(err)
	}
}

func asFrames(texts []string) [][]byte {
	var frames [][]byte
	for _, s := range texts {
		frames = append(frames, []byte(s))
	}
	return frames
}

// A client that spoils what is not needed to answer is answered all the same.
func TestDecodeIsLenient(t *testing.T) {
	frames := asFrames([]string{"<IDS|MSG>", "", `{"msg_id":"1","msg_type":"t","date":7,"session":null,"extra":[1]}`, "null", "[]", `{"a":1}`})
	m, err := NewCodec("").Decode(frames)
	if err != nil {
		t.Fatal(err)
	}
	if m.Parent != nil || m.Header.Date != "" || m.Metadata != nil {
		t.Errorf("got %+v", m)
	}
	// Its header goes back as it came, what we do not know included.
	child, err := NewCodec("").Encode(NewSession("k").Child(&m.Header, Status{ExecutionState: Busy}))
	if err != nil || !strings.Contains(string(child[4]), `"extra":[1]`) {
		t.Errorf("parent is %s, %v", child[4], err)
	}
}

func TestEncode(t *testing.T) {
	c := NewCodec("key")
	frames, err := c.Encode(NewSession("ada").Request(Stream{Name: "stdout", Text: "<b>&"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(frames[5]); got != `{"name":"stdout","text":"<b>&"}` {
		t.Errorf("content is %s: HTML is not to be escaped", got)
	}
	if string(frames[3]) != "{}" || string(frames[4]) != "{}" {
		t.Errorf("no parent and no metadata are %s and %s; want {}", frames[3], frames[4])
	}
	var h Header
	if err := json.Unmarshal(frames[2], &h); err != nil {
		t.Fatal(err)
	}
	if at, err := time.Parse(time.RFC3339Nano, h.Date); err != nil || time.Since(at) > time.Minute {
		t.Errorf("date is %q", h.Date)
	}
	_, err = c.Encode(NewSession("ada").Request(DisplayData{Data: map[string]any{"x": func() {}}}))
	if err == nil || !strings.Contains(err.Error(), "display_data") {
		t.Errorf("a function as data: %v", err)
	}
}

func TestReplyGoesBack(t *testing.T) {
	c := NewCodec("key")
	asked, err := c.Decode(request(c))
	if err != nil {
		t.Fatal(err)
	}
	frames, err := c.Encode(NewSession("kernel").Reply(asked, Fail(asked.Type(), "E", "v")))
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Decode(frames)
	if err != nil {
		t.Fatal(err)
	}
	if string(m.IDs[0]) != "client" || m.Type() != "execute_reply" || m.Parent.MsgID != asked.Header.MsgID {
		t.Errorf("reply is %+v", m)
	}
}

func TestHistoryLines(t *testing.T) {
	out := "2"
	for _, line := range []HistoryLine{
		{Session: 1, Line: 2, Source: "1 + 1"},
		{Session: 1, Line: 2, Source: "1 + 1", WithOutput: true, Output: &out},
		{Session: 1, Line: 3, Source: "[]", WithOutput: true},
	} {
		data, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		var again HistoryLine
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatal(err)
		}
		second, _ := json.Marshal(again)
		if string(second) != string(data) || again.Source != line.Source {
			t.Errorf("%s became %s", data, second)
		}
	}
}
