package wire

// InputRequest asks the person for a line: from the kernel, on stdin.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"`
}

// MsgType is input_request.
func (InputRequest) MsgType() string { return "input_request" }

// InputReply is the line.
type InputReply struct {
	Value string `json:"value"`
}

// MsgType is input_reply.
func (InputReply) MsgType() string { return "input_reply" }
