package cell

// A State says whether the text of a cell can be run as it stands.
// The names are those of Jupyter's is_complete_reply.
type State struct {
	Status string // Complete, Incomplete or Invalid
	Indent string // for Incomplete: what the next line should start with
}

const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
)
