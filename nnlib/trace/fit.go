package trace

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// A Fit is the trace of one training.
type Fit struct {
	Model   string            `json:"model"`             // as its random streams are named: "model/1"
	Setup   map[string]string `json:"setup,omitempty"`   // what was asked for: layers, optimizer, batch size
	Data    string            `json:"data,omitempty"`    // hash of all samples and targets; empty where they are many and the steps few
	Batches int               `json:"batches"`           // steps of an epoch
	Steps   int               `json:"steps"`             // that were made
	Every   int               `json:"every,omitempty"`   // steps from one check to the next
	Weights []string          `json:"weights,omitempty"` // whose hashes stand in each check, in this order
	Checks  Checks            `json:"checks,omitempty"`  // in order of their steps
	Digest  string            `json:"digest"`            // two trainings with one digest went the same way

	Tensors []Tensor `json:"tensors,omitempty"` // of the steps that a Zoom asked for
	Cut     int      `json:"cut,omitempty"`     // the step from which Tensors had no more room; 0 when they are whole

	// Late makes Setup when somebody asks for it, as training should not wait for words.
	Late func() map[string]string `json:"-"`
}

// A Check is the state before step number Step.
type Check struct {
	Step        int
	Loss, Draws uint32   // folded from the first step on
	Weights     []uint32 // one hash for each
}

// Settle makes Setup, when that is still to be done, and returns f.
func (f *Fit) Settle() *Fit {
	if f.Late != nil {
		f.Setup, f.Late = f.Late(), nil
	}
	return f
}

// String is one line.
func (f *Fit) String() string {
	return fmt.Sprintf("trace of %s: %d steps, weights hashed %d times, digest %s", f.Model, f.Steps, len(f.Checks), f.Digest)
}

// sum is a hash of the digest.
func (f *Fit) sum() (hash uint64) {
	for _, c := range []byte(f.Digest) {
		hash = exact.Fold(hash, uint64(c))
	}
	return hash
}

// Place says where a step is: "step 137 (epoch 2, batch 38)", all from 1.
func (f *Fit) Place(step int) string {
	if f.Batches < 1 {
		return fmt.Sprintf("step %d", step+1)
	}
	return fmt.Sprintf("step %d (epoch %d, batch %d)", step+1, step/f.Batches+1, step%f.Batches+1)
}

// Word cuts a hash to what a check keeps.
func Word(hash uint64) uint32 { return uint32(hash ^ hash>>32) }

// Thin leaves every second check, the first included, so that there is room for longer steps.
func Thin(checks Checks) Checks {
	for i := 2; i < len(checks); i += 2 {
		checks[i/2] = checks[i]
	}
	return slices.Clip(checks[:(len(checks)+1)/2])
}
