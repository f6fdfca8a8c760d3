// Package engine runs notebook cells. It knows Go, yaegi and randomness; it has never heard of Jupyter.
package engine

import (
	"context"
	"errors"

	"reprise/kernel/display"
	"reprise/kernel/ledger"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// A Cell is one piece of source to run.
type Cell struct {
	Name   string `json:"name"`         // as errors show it: "cell [3]"
	ID     string `json:"id,omitempty"` // the notebook's cell id, when the front end tells it
	Source string `json:"source"`
	// Silent cells show nothing and have no value.
	Silent bool `json:"silent,omitempty"`
	// Seeds are what %seed random takes in this cell, in order, instead of entropy: those that it took in an earlier run.
	Seeds []uint64 `json:"seeds,omitempty"`
	// Zoom asks for every tensor of some steps of one of the cell's trainings.
	Zoom *trace.Zoom `json:"zoom,omitempty"`
}

// Stream names for Output.Stream.
const (
	Stdout = "stdout"
	Stderr = "stderr"
)

// Output is where a running cell writes. Calls arrive in the order in which the
// cell made them; they may block (back-pressure), and may come from any goroutine.
type Output interface {
	Stream(name, text string)
	// Display shows b. A non-empty id names the display; with update, every
	// display of that id is replaced instead.
	Display(b display.Bundle, id string, update bool)
	// Clear removes the cell's output so far; with wait, just before the next output.
	Clear(wait bool)
	// Progress shows one line that never becomes part of the saved output.
	// The empty line takes it away.
	Progress(line string)
	// Page offers b in the front end's pager; SetNextInput proposes the next cell's text.
	Page(b display.Bundle)
	SetNextInput(text string, replace bool)
	// Input asks the person for a line. It returns ErrNoInput when the front end cannot ask.
	Input(ctx context.Context, prompt string, password bool) (string, error)
}

// ErrNoInput says that there is no person to ask.
var ErrNoInput = errors.New("nobody can be asked for input here; run the cell in a front end that can, such as JupyterLab")

// An Outcome is what a cell that ran to its end leaves.
type Outcome struct {
	Value  *display.Bundle `json:"value,omitempty"`  // of the last expression; nil when there is none
	Ledger []rng.Entry     `json:"ledger,omitempty"` // streams drawn from by this cell
	Seeds  []uint64        `json:"seeds,omitempty"`  // taken from entropy by %seed random
	Trace  *trace.Log      `json:"trace,omitempty"`  // of the cell's trainings; nil when there were none
	// Facts are what the execution depended on, of cells that failed too. A Worker adds them up to a Record.
	Facts   ledger.Facts   `json:"facts,omitzero"`
	Running int            `json:"running,omitempty"` // goroutines of the cell that go on
	Record  *ledger.Record `json:"-"`
}

// A Fault is the user's mistake or the cell's failure: a compile error, a
// panic, an interrupt, a dead worker. Anything else that Run returns is ours.
type Fault struct {
	Name    string   `json:"name"`    // Jupyter's ename: "CompileError", "Panic", "Interrupted", ...
	Message string   `json:"message"` // Jupyter's evalue
	Places  []Place  `json:"places,omitempty"`
	Notes   []string `json:"notes,omitempty"` // hints: did you mean, how to go on
}

// A Place is a position in a cell's text, innermost first in Fault.Places.
type Place struct {
	Cell    string `json:"cell"`
	Line    int    `json:"line"`           // from 1
	Column  int    `json:"column"`         // from 1, in bytes; 0 when unknown
	Text    string `json:"text,omitempty"` // the source line
	Func    string `json:"func,omitempty"`
	Message string `json:"message,omitempty"` // where several errors are reported at once
}

// A Completion answers a request to complete. Start and End are byte offsets.
type Completion struct {
	Start   int     `json:"start"`
	End     int     `json:"end"`
	Matches []Match `json:"matches"`
}

// A Match is one proposal, with the type and signature that a front end may show beside it.
type Match struct {
	Text      string `json:"text"`
	Type      string `json:"type"` // function, instance, type, module, keyword, magic, path, ...
	Signature string `json:"signature,omitempty"`
}
