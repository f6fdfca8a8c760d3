package wire

import "encoding/json"

// CommOpen opens a comm: a line between a front end's object and a kernel's, either way.
type CommOpen struct {
	CommID       string          `json:"comm_id"`
	TargetName   string          `json:"target_name"`
	TargetModule string          `json:"target_module,omitempty"`
	Data         json.RawMessage `json:"data"`
}

// MsgType is comm_open.
func (CommOpen) MsgType() string { return "comm_open" }

// CommMsg is something said on it.
type CommMsg struct {
	CommID string          `json:"comm_id"`
	Data   json.RawMessage `json:"data"`
}

// MsgType is comm_msg.
func (CommMsg) MsgType() string { return "comm_msg" }

// CommClose ends it.
type CommClose CommMsg

// MsgType is comm_close.
func (CommClose) MsgType() string { return "comm_close" }

// CommInfoRequest asks which comms are open; an empty TargetName means all.
type CommInfoRequest struct {
	TargetName string `json:"target_name"`
}

// MsgType is comm_info_request.
func (CommInfoRequest) MsgType() string { return "comm_info_request" }

// CommInfoReply maps comm ids to what they are.
type CommInfoReply struct {
	Status string              `json:"status"`
	Comms  map[string]CommInfo `json:"comms"`
}

// MsgType is comm_info_reply.
func (CommInfoReply) MsgType() string { return "comm_info_reply" }

// CommInfo is one open comm.
type CommInfo struct {
	TargetName string `json:"target_name"`
}
