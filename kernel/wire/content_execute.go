package wire

import "encoding/json"

// ExecuteRequest asks to run a cell.
type ExecuteRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    bool              `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      bool              `json:"allow_stdin"`
	StopOnError     bool              `json:"stop_on_error"`
}

// MsgType is execute_request.
func (ExecuteRequest) MsgType() string { return "execute_request" }

// UnmarshalJSON puts the protocol's defaults where the client said nothing.
func (r *ExecuteRequest) UnmarshalJSON(data []byte) error {
	type plain ExecuteRequest
	var given struct {
		plain
		StoreHistory *bool `json:"store_history"`
		AllowStdin   *bool `json:"allow_stdin"`
		StopOnError  *bool `json:"stop_on_error"`
	}
	if err := json.Unmarshal(data, &given); err != nil {
		return err
	}
	*r = ExecuteRequest(given.plain)
	r.StoreHistory = !r.Silent && orTrue(given.StoreHistory) // silent forces store_history off
	r.AllowStdin = orTrue(given.AllowStdin)
	r.StopOnError = orTrue(given.StopOnError)
	return nil
}

func orTrue(b *bool) bool { return b == nil || *b }

// ExecuteReply ends a cell that ran to its end.
type ExecuteReply struct {
	Status          string    `json:"status"`
	ExecutionCount  int       `json:"execution_count"`
	UserExpressions object    `json:"user_expressions"`
	Payload         []Payload `json:"payload"`
}

// MsgType is execute_reply.
func (ExecuteReply) MsgType() string { return "execute_reply" }

// ExecuteFailure ends a cell that failed or, with status aborted, was not run because one before it failed.
type ExecuteFailure struct {
	Status         string    `json:"status"`
	ExecutionCount int       `json:"execution_count"`
	EName          string    `json:"ename"`
	EValue         string    `json:"evalue"`
	Traceback      []string  `json:"traceback"`
	Payload        []Payload `json:"payload"`
	// UserExpressions are not evaluated after a failure; ipykernel writes {} too.
	UserExpressions object `json:"user_expressions"`
}

// MsgType is execute_reply.
func (ExecuteFailure) MsgType() string { return "execute_reply" }

// A Payload asks the front end that ran the cell to do something: Source says what.
type Payload struct {
	Source  string `json:"source"`            // page, set_next_input
	Data    object `json:"data,omitempty"`    // page: a MIME bundle
	Start   *int   `json:"start,omitempty"`   // page: the first line to show
	Text    string `json:"text,omitempty"`    // set_next_input
	Replace *bool  `json:"replace,omitempty"` // set_next_input: instead of the cell that ran
}

// ExecuteInput tells every client what is being run.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// MsgType is execute_input.
func (ExecuteInput) MsgType() string { return "execute_input" }

// ExecuteResult is the value of a cell.
type ExecuteResult struct {
	ExecutionCount int    `json:"execution_count"`
	Data           object `json:"data"`
	Metadata       object `json:"metadata"`
}

// MsgType is execute_result.
func (ExecuteResult) MsgType() string { return "execute_result" }
