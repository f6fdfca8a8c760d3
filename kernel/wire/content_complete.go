package wire

// CompleteRequest asks how the name at the cursor could go on.
type CompleteRequest struct {
	Code      string `json:"code"`
	CursorPos *int   `json:"cursor_pos"` // code points; nil is the end
}

// MsgType is complete_request.
func (CompleteRequest) MsgType() string { return "complete_request" }

// Cursor is the byte offset of the cursor.
func (r CompleteRequest) Cursor() int { return cursor(r.Code, r.CursorPos) }

// CompleteReply lists the proposals for code[CursorStart:CursorEnd].
type CompleteReply struct {
	Status      string   `json:"status"`
	Matches     []string `json:"matches"`
	CursorStart int      `json:"cursor_start"`
	CursorEnd   int      `json:"cursor_end"`
	Metadata    object   `json:"metadata"`
}

// MsgType is complete_reply.
func (CompleteReply) MsgType() string { return "complete_reply" }

// CompletionTypes is the key in CompleteReply.Metadata under which JupyterLab and VS Code look for the types.
const CompletionTypes = "_jupyter_types_experimental"

// CompletionType is one proposal with its type.
type CompletionType struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature"`
}

func cursor(code string, pos *int) int {
	if pos == nil {
		return len(code)
	}
	return ByteOffset(code, *pos)
}
