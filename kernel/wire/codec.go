package wire

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"sync"
)

// delimiter parts the routing frames from the message.
var delimiter = []byte("<IDS|MSG>")

// What Decode refuses. Such a message must not be answered: nobody is known to have sent it.
var (
	ErrSignature = errors.New("wire: bad signature; the sender has another key than the connection file")
	ErrReplay    = errors.New("wire: message was received before; a copy is refused")
)

// A Codec turns messages into signed frames and back. It is safe for
// concurrent use. One codec serves all channels of a kernel, so that a message
// of one channel cannot be played again on another.
type Codec struct {
	key  []byte // empty: unsigned
	macs sync.Pool
	seen recent
}

// NewCodec signs with HMAC-SHA256 under key. With an empty key nothing is signed or checked.
func NewCodec(key string) *Codec {
	c := &Codec{key: []byte(key)}
	c.macs.New = func() any { return hmac.New(sha256.New, c.key) }
	return c
}

// Encode gives the frames of m: routing, delimiter, signature, header, parent, metadata, content, buffers.
func (c *Codec) Encode(m *Message) ([][]byte, error) {
	var parts [4][]byte
	var errs [4]error
	parts[0], errs[0] = m.Header.text()
	parts[1], errs[1] = m.Parent.text()
	parts[2], errs[2] = metadataText(m.Metadata)
	parts[3], errs[3] = marshal(m.Content)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("wire: cannot encode %s: %w", m.Type(), err)
	}
	frames := make([][]byte, 0, len(m.IDs)+6+len(m.Buffers))
	frames = append(frames, m.IDs...)
	frames = append(frames, delimiter, c.sign(parts[:]))
	frames = append(frames, parts[:]...)
	return append(frames, m.Buffers...), nil
}

// Decode reads frames that a peer sent. It checks the signature in constant time and refuses a copy.
func (c *Codec) Decode(frames [][]byte) (*Message, error) {
	at := indexDelimiter(frames)
	if at < 0 {
		return nil, fmt.Errorf("wire: no %s among %d frames", delimiter, len(frames))
	}
	body := frames[at+1:]
	if len(body) < 5 {
		return nil, fmt.Errorf("wire: %d frames after %s, want at least 5", len(body), delimiter)
	}
	if err := c.check(body[0], body[1:5]); err != nil {
		return nil, err
	}
	m := &Message{IDs: frames[:at:at], Buffers: body[5:]}
	if err := m.Header.UnmarshalJSON(body[1]); err != nil {
		return nil, fmt.Errorf("wire: header: %w", err)
	}
	if m.Header.MsgID == "" || m.Header.MsgType == "" {
		return nil, fmt.Errorf("wire: header has no msg_id or msg_type: %.200s", body[1])
	}
	if !json.Valid(body[4]) {
		return nil, fmt.Errorf("wire: content of %s is not JSON", m.Header.MsgType)
	}
	m.Parent = decodeParent(body[2])
	json.Unmarshal(body[3], &m.Metadata) // metadata is a courtesy; a bad one loses nothing
	m.Content = Raw{Type: m.Header.MsgType, JSON: body[4]}
	return m, nil
}

func (c *Codec) check(signature []byte, parts [][]byte) error {
	if len(c.key) == 0 {
		return nil
	}
	if !hmac.Equal(signature, c.sign(parts)) {
		return ErrSignature
	}
	if !c.seen.add(string(signature)) {
		return ErrReplay
	}
	return nil
}

func (c *Codec) sign(parts [][]byte) []byte {
	if len(c.key) == 0 {
		return []byte{}
	}
	mac := c.macs.Get().(hash.Hash)
	defer c.macs.Put(mac)
	mac.Reset()
	for _, p := range parts {
		mac.Write(p)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

func indexDelimiter(frames [][]byte) int {
	for i, f := range frames {
		if bytes.Equal(f, delimiter) {
			return i
		}
	}
	return -1
}

// noObject is how "none" is written where an object is due.
var noObject = []byte("{}")

func metadataText(m map[string]any) ([]byte, error) {
	if len(m) == 0 {
		return noObject, nil
	}
	return marshal(m)
}

// decodeParent reads a parent header; {}, null and garbage mean none.
func decodeParent(data []byte) *Header {
	var h Header
	if bytes.Equal(data, noObject) || h.UnmarshalJSON(data) != nil || h.MsgID == "" {
		return nil
	}
	return &h
}

// marshal is json.Marshal without turning <, > and & into six bytes each: there is much HTML in outputs.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
