package wire

// IsCompleteRequest asks whether the text can be run as it stands.
type IsCompleteRequest struct {
	Code string `json:"code"`
}

// MsgType is is_complete_request.
func (IsCompleteRequest) MsgType() string { return "is_complete_request" }

// IsCompleteReply says complete, incomplete, invalid or unknown.
type IsCompleteReply struct {
	Status string  `json:"status"`
	Indent *string `json:"indent,omitempty"` // given only with incomplete
}

// MsgType is is_complete_reply.
func (IsCompleteReply) MsgType() string { return "is_complete_reply" }
