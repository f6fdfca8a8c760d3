package ledger

import "fmt"

// A Note is one thing that can make the cell give something else next time.
type Note struct {
	Kind string `json:"kind"`           // Clock, Entropy, ...
	Name string `json:"name"`           // what did it: "time.Now"
	Line int    `json:"line,omitempty"` // in the cell, from 1
	// In is the cell that the line stands in, when a function of an earlier cell did it.
	In string `json:"in,omitempty"`
}

// Kinds of Note, in the order of the table in why.
const (
	Clock   = "clock"
	Entropy = "entropy"
	Env     = "environment"
	Network = "network"
	Process = "process"
	MapKeys = "map order"
	Select  = "select"
	Race    = "goroutines"
	Changed = "file changed"
	Latest  = "latest version"
)

// why says of each kind what it does; %s is the note's name.
var why = map[string]string{
	Clock:   "%s reads the clock",
	Entropy: "%s draws randomness that no seed controls",
	Env:     "%s reads the environment of this machine",
	Network: "%s uses the network",
	Process: "%s runs another program",
	MapKeys: "the order of %s is another in each run: its keys are pointers or channels",
	Select:  "which case of %s is taken first depends on the scheduler",
	Race:    "%s is written by goroutines, and which comes first is chance",
	Changed: "%s has changed since it was read last",
	Latest:  "%s takes whatever version is the latest",
}

// Sentence says what the note means: "line 3: time.Now reads the clock".
func (n Note) Sentence() string {
	format := why[n.Kind]
	if format == "" {
		format = n.Kind + ": %s"
	}
	text := fmt.Sprintf(format, n.Name)
	switch {
	case n.In != "" && n.Line > 0:
		return fmt.Sprintf("%s, line %d: %s", n.In, n.Line, text)
	case n.Line > 0:
		return fmt.Sprintf("line %d: %s", n.Line, text)
	}
	return text
}
