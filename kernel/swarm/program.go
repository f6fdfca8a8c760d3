package swarm

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"reprise/kernel/engine"
	"reprise/nnlib/experiment"
)

// A Program is all that another process needs to come to one experiment of a notebook: the
// cells that it depends on, the running cell, and the number of the experiment in that cell.
type Program struct {
	Lock   string      `json:"lock"`   // what the program's results depend on besides the cells
	Steps  []Step      `json:"steps"`  // in the order in which they ran
	Target engine.Cell `json:"target"` // the running cell
	Calls  []Call      `json:"calls"`  // the target's earlier experiments: the one in question is next
	Key    string      `json:"key,omitempty"`
	Seed   uint64      `json:"seed,string"`
	// Proof is the task that whoever comes here plays first. The answer is known.
	Proof experiment.Task `json:"proof"`

	// History names all cells that had run, so that a process that stands in one can go on.
	// Nothing depends on it: it is no part of the hash.
	History []string `json:"history"`

	audit int // one task in so many is played by two workers; 0: none
}

// A Step is a cell that has succeeded.
type Step struct {
	Cell  engine.Cell `json:"cell"`
	Index int         `json:"index"` // in History
	Calls []Call      `json:"calls,omitempty"`
}

// A Call is an experiment that is over. Who evaluates the cell is given its results.
type Call struct {
	// Here says that each process plays all of it: the runs change what the cells see.
	Here    bool                `json:"here,omitempty"`
	Results []experiment.Result `json:"results,omitempty"`
}

// Hash names the program: two with the same hash lead to the same experiment.
func (p *Program) Hash() string {
	same := *p
	same.History = nil
	same.Steps = append([]Step(nil), p.Steps...)
	for i := range same.Steps {
		same.Steps[i].Index = 0
	}
	return digest(same)
}

// Call is the number of the experiment in the target.
func (p *Program) Call() int { return len(p.Calls) }

// target is the step that the running cell will be.
func (p *Program) target() Step { return Step{Cell: p.Target, Index: len(p.History), Calls: p.Calls} }

// name of a cell in a History.
func nameOf(c engine.Cell) string { return digest(c)[:16] }

func digest(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("internal error: swarm: %v", err)) // plain data
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

// A Played is what one run gave and showed.
type Played struct {
	Result experiment.Result `json:"result"`
	Shown  []Shown           `json:"shown,omitempty"`
}
