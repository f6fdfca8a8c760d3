package wire

// InterruptRequest asks to stop the running cell.
type InterruptRequest empty

// MsgType is interrupt_request.
func (InterruptRequest) MsgType() string { return "interrupt_request" }

// InterruptReply says that it was asked to.
type InterruptReply struct {
	Status string `json:"status"`
}

// MsgType is interrupt_reply.
func (InterruptReply) MsgType() string { return "interrupt_reply" }

// ShutdownRequest asks the kernel to end; with Restart another will be started in its place.
type ShutdownRequest struct {
	Restart bool `json:"restart"`
}

// MsgType is shutdown_request.
func (ShutdownRequest) MsgType() string { return "shutdown_request" }

// ShutdownReply is the last thing a kernel says.
type ShutdownReply struct {
	Status  string `json:"status"`
	Restart bool   `json:"restart"`
}

// MsgType is shutdown_reply.
func (ShutdownReply) MsgType() string { return "shutdown_reply" }
