package wire

// Stream is printed text.
type Stream struct {
	Name string `json:"name"` // stdout, stderr
	Text string `json:"text"`
}

// MsgType is stream.
func (Stream) MsgType() string { return "stream" }

// DisplayData shows a MIME bundle; with Transient's display_id it can be updated.
type DisplayData struct {
	Data      object    `json:"data"`
	Metadata  object    `json:"metadata"`
	Transient Transient `json:"transient"`
}

// MsgType is display_data.
func (DisplayData) MsgType() string { return "display_data" }

// UpdateDisplayData replaces what every display of one display_id shows.
type UpdateDisplayData DisplayData

// MsgType is update_display_data.
func (UpdateDisplayData) MsgType() string { return "update_display_data" }

// Transient is never saved.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"`
}

// ErrorOutput is what a failed cell shows.
type ErrorOutput struct {
	EName     string   `json:"ename"`
	EValue    string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// MsgType is error.
func (ErrorOutput) MsgType() string { return "error" }

// ClearOutput takes the cell's output away, at once or just before the next.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// MsgType is clear_output.
func (ClearOutput) MsgType() string { return "clear_output" }

// Status says whether a request is being worked on.
type Status struct {
	ExecutionState string `json:"execution_state"` // Starting, Busy, Idle
}

// MsgType is status.
func (Status) MsgType() string { return "status" }

// The values of Status.
const (
	Starting = "starting"
	Busy     = "busy"
	Idle     = "idle"
)

// IOPubWelcome tells a subscriber that its subscription took effect (JEP 65).
type IOPubWelcome struct {
	Subscription string `json:"subscription"`
}

// MsgType is iopub_welcome.
func (IOPubWelcome) MsgType() string { return "iopub_welcome" }
