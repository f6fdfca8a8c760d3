package wire

// InspectRequest asks what is known of the name at the cursor.
type InspectRequest struct {
	Code        string `json:"code"`
	CursorPos   *int   `json:"cursor_pos"`   // code points; nil is the end
	DetailLevel int    `json:"detail_level"` // 0 a summary, 1 everything
}

// MsgType is inspect_request.
func (InspectRequest) MsgType() string { return "inspect_request" }

// Cursor is the byte offset of the cursor.
func (r InspectRequest) Cursor() int { return cursor(r.Code, r.CursorPos) }

// InspectReply documents it.
type InspectReply struct {
	Status   string `json:"status"`
	Found    bool   `json:"found"`
	Data     object `json:"data"`
	Metadata object `json:"metadata"`
}

// MsgType is inspect_reply.
func (InspectReply) MsgType() string { return "inspect_reply" }
