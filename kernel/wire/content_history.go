package wire

import "encoding/json"

// HistoryRequest asks for cells that were run.
type HistoryRequest struct {
	Output         bool   `json:"output"` // with the outputs
	Raw            bool   `json:"raw"`
	HistAccessType string `json:"hist_access_type"` // tail, range, search
	Session        int    `json:"session"`          // range: 0 is this one, -1 the one before
	Start          int    `json:"start"`            // range
	Stop           *int   `json:"stop"`             // range: the first line not wanted; nil is the end
	N              int    `json:"n"`                // tail, search: at most so many; 0 is all
	Pattern        string `json:"pattern"`          // search: a glob
	Unique         bool   `json:"unique"`           // search: each source once
}

// MsgType is history_request.
func (HistoryRequest) MsgType() string { return "history_request" }

// HistoryReply lists them, oldest first.
type HistoryReply struct {
	Status  string        `json:"status"`
	History []HistoryLine `json:"history"`
}

// MsgType is history_reply.
func (HistoryReply) MsgType() string { return "history_reply" }

// A HistoryLine is one cell that was run: [session, line, source] or, with
// WithOutput, [session, line, [source, output]].
type HistoryLine struct {
	Session, Line int
	Source        string
	WithOutput    bool
	Output        *string // nil: it had none
}

// MarshalJSON writes the triple.
func (h HistoryLine) MarshalJSON() ([]byte, error) {
	if h.WithOutput {
		return marshal([]any{h.Session, h.Line, []any{h.Source, h.Output}})
	}
	return marshal([]any{h.Session, h.Line, h.Source})
}

// UnmarshalJSON reads the triple.
func (h *HistoryLine) UnmarshalJSON(data []byte) error {
	var third json.RawMessage
	if err := json.Unmarshal(data, &[]any{&h.Session, &h.Line, &third}); err != nil {
		return err
	}
	h.WithOutput = len(third) > 0 && third[0] == '['
	if h.WithOutput {
		return json.Unmarshal(third, &[]any{&h.Source, &h.Output})
	}
	return json.Unmarshal(third, &h.Source)
}
