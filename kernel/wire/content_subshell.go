package wire

// Subshells (JEP 91) are further queues of shell requests, worked off beside the main one.

// CreateSubshellRequest asks for one.
type CreateSubshellRequest empty

// MsgType is create_subshell_request.
func (CreateSubshellRequest) MsgType() string { return "create_subshell_request" }

// CreateSubshellReply names it. Requests carry the name in their header.
type CreateSubshellReply struct {
	Status     string `json:"status"`
	SubshellID string `json:"subshell_id"`
}

// MsgType is create_subshell_reply.
func (CreateSubshellReply) MsgType() string { return "create_subshell_reply" }

// DeleteSubshellRequest ends one.
type DeleteSubshellRequest struct {
	SubshellID string `json:"subshell_id"`
}

// MsgType is delete_subshell_request.
func (DeleteSubshellRequest) MsgType() string { return "delete_subshell_request" }

// DeleteSubshellReply says that it takes no more requests.
type DeleteSubshellReply struct {
	Status string `json:"status"`
}

// MsgType is delete_subshell_reply.
func (DeleteSubshellReply) MsgType() string { return "delete_subshell_reply" }

// ListSubshellRequest asks which there are.
type ListSubshellRequest empty

// MsgType is list_subshell_request.
func (ListSubshellRequest) MsgType() string { return "list_subshell_request" }

// ListSubshellReply names them, in the order of their creation.
type ListSubshellReply struct {
	Status     string   `json:"status"`
	SubshellID []string `json:"subshell_id"`
}

// MsgType is list_subshell_reply.
func (ListSubshellReply) MsgType() string { return "list_subshell_reply" }
