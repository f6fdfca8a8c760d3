package wire

import (
	"encoding/json"
	"fmt"
)

// Raw is content as it was received. A type that nobody knows is data, not an error.
type Raw struct {
	Type string
	JSON json.RawMessage
}

// MsgType is the type that the message's header gave.
func (r Raw) MsgType() string { return r.Type }

// MarshalJSON writes the content as it came.
func (r Raw) MarshalJSON() ([]byte, error) { return r.JSON, nil }

// Parse reads the content of m as a T. A message under construction, whose content is a T already, gives that.
func Parse[T Content](m *Message) (T, error) {
	var c T
	switch content := m.Content.(type) {
	case T:
		return content, nil
	case Raw:
		if err := json.Unmarshal(content.JSON, &c); err != nil {
			return c, fmt.Errorf("wire: content of %s: %w", m.Type(), err)
		}
		return c, nil
	}
	return c, fmt.Errorf("wire: %s is not a %s", m.Type(), c.MsgType())
}

// The values of status in replies.
const (
	OK      = "ok"
	Error   = "error"
	Aborted = "aborted"
)

// A Failure is the reply to a request that went wrong, of whatever type is due,
// and, as ErrorOutput, what a failed cell shows.
type Failure struct {
	Type      string   `json:"-"` // the reply's message type
	Status    string   `json:"status"`
	EName     string   `json:"ename"`
	EValue    string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// MsgType is the reply type that is due.
func (f Failure) MsgType() string { return f.Type }

// Fail is the failed reply to a request of type request.
func Fail(request, ename, evalue string) Failure {
	return Failure{Type: ReplyType(request), Status: Error, EName: ename, EValue: evalue, Traceback: []string{}}
}

// empty is the content of a message that says nothing but its type.
type empty struct{}

// object is any JSON object.
type object = map[string]any
