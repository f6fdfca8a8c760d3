package wire

import (
	"encoding/json"
	"fmt"
)

// dateLayout is what Python's datetime.isoformat writes and ISO 8601 reads: microseconds, UTC.
const dateLayout = "2006-01-02T15:04:05.000000Z07:00"

// A Header says what a message is, who sent it and when.
type Header struct {
	MsgID      string `json:"msg_id"`
	MsgType    string `json:"msg_type"`
	Session    string `json:"session"`
	Username   string `json:"username"`
	Date       string `json:"date"`
	Version    string `json:"version"`
	SubshellID string `json:"subshell_id,omitempty"` // JEP 91: which subshell a shell request is for

	// received is the header as it came. A parent header goes back byte for
	// byte: some clients compare more of it than the id.
	received json.RawMessage
}

// text is the header in JSON, a received one as it came; nil is {}.
func (h *Header) text() ([]byte, error) {
	if h == nil {
		return noObject, nil
	}
	if h.received != nil {
		return h.received, nil
	}
	type plain Header
	return marshal((*plain)(h))
}

// MarshalJSON writes a received header as it came.
func (h Header) MarshalJSON() ([]byte, error) { return h.text() }

// UnmarshalJSON reads a header in which any field may be missing or of a wrong
// type: only an id and a type are needed to answer. (Kernels and clients are
// known to leave out the date, to write null for the session, or to number it.)
func (h *Header) UnmarshalJSON(data []byte) error {
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("not a JSON object: %w", err)
	}
	text := func(name string) string { s, _ := fields[name].(string); return s }
	*h = Header{
		MsgID:      text("msg_id"),
		MsgType:    text("msg_type"),
		Session:    text("session"),
		Username:   text("username"),
		Date:       text("date"),
		Version:    text("version"),
		SubshellID: text("subshell_id"),
		received:   append(json.RawMessage(nil), data...),
	}
	return nil
}
