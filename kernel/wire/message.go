package wire

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// A Message is one Jupyter message on any channel.
type Message struct {
	IDs      [][]byte // routing frames of a ROUTER socket; the topic on IOPub
	Header   Header
	Parent   *Header        // nil is written as {}: the message answers nothing
	Metadata map[string]any // nil is written as {}
	Content  Content        // Raw when it was received; Parse gives it its type
	Buffers  [][]byte
}

// Content is what a message says. Its type is the message's type.
type Content interface{ MsgType() string }

// Type is the message's type: of its header if it was received, of its content if it is to be sent.
func (m *Message) Type() string {
	if m.Header.MsgType == "" && m.Content != nil {
		return m.Content.MsgType()
	}
	return m.Header.MsgType
}

// A Session makes the headers of everything one process sends.
type Session struct {
	ID       string
	Username string
	sent     atomic.Uint64
}

// NewSession starts a session with a random id.
func NewSession(username string) *Session {
	var id [16]byte
	rand.Read(id[:]) // never fails since Go 1.24
	return &Session{ID: hex.EncodeToString(id[:]), Username: username}
}

// Request makes a message that answers nothing: what a front end asks.
func (s *Session) Request(c Content) *Message {
	return &Message{Header: s.header(c), Content: c}
}

// Reply makes the answer to parent, routed back to whoever sent it.
func (s *Session) Reply(parent *Message, c Content) *Message {
	return &Message{IDs: parent.IDs, Header: s.header(c), Parent: &parent.Header, Content: c}
}

// Child makes a message for IOPub that parent caused. Its topic is there for
// subscribers that do not want everything.
func (s *Session) Child(parent *Header, c Content) *Message {
	topic := "kernel." + s.ID + "." + c.MsgType()
	return &Message{IDs: [][]byte{[]byte(topic)}, Header: s.header(c), Parent: parent, Content: c}
}

func (s *Session) header(c Content) Header {
	return Header{
		MsgID:    fmt.Sprintf("%s_%d", s.ID, s.sent.Add(1)),
		MsgType:  c.MsgType(),
		Session:  s.ID,
		Username: s.Username,
		Date:     time.Now().UTC().Format(dateLayout),
		Version:  Version,
	}
}

// ReplyType is the type that answers a request of type t: also for types that we do not know.
func ReplyType(t string) string {
	return strings.TrimSuffix(t, "_request") + "_reply"
}
