package experiment

import (
	"context"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// A Host is what the program around this package gives it. All fields may be empty:
// then experiments are played in the calling goroutine, and a store needs Options.Key.
type Host struct {
	// Evaluator plays the runs; nil: this goroutine, in order.
	Evaluator Evaluator
	// Source says what the calling code is. It is asked at every call of Repeat and Sweep.
	Source func() Source
	// Lock says which versions the program is made of. A job's key holds exact.Canary beside it.
	Lock func() string
	// Context ends when the calling cell is interrupted.
	Context func() context.Context
	// Replica says that this process plays runs for another, which keeps the results:
	// no store is opened.
	Replica bool
	// Fresh has all runs played although a store holds them, and the results compared
	// with those that it holds: for whoever verifies.
	Fresh bool
	// Writes is told of a file before it is written.
	Writes func(path string)
}

// A Source is the code that calls.
type Source struct {
	// Execution is another number in every execution of a cell.
	Execution int
	// Digest covers all of the notebook that the running cell can see and use: its text, the
	// declarations that it names and those that these name, and the variables' values.
	Digest string
	// Err says why Digest cannot be had, such as a variable whose value has no bytes; Digest is then empty.
	Err error
}

// Attach binds the package to the rest of the program. A second call replaces the first and
// forgets what was unfinished.
func Attach(h Host) {
	program.mu.Lock()
	defer program.mu.Unlock()
	program.host, program.execution, program.calls, program.kept = h, 0, 0, nil
}

// attached returns what Attach was given.
func attached() Host {
	program.mu.Lock()
	defer program.mu.Unlock()
	return program.host
}

// writing tells of a file before it is written.
func (h Host) writing(path string) {
	if h.Writes != nil {
		h.Writes(path)
	}
}

// lock is all that results depend on besides the code and the seed.
func (h Host) lock() string {
	if h.Lock == nil {
		return exact.Canary()
	}
	return h.Lock() + "\n" + exact.Canary()
}

// context is that of the calling cell.
func (h Host) context() context.Context {
	if h.Context == nil {
		return context.Background()
	}
	return h.Context()
}

func (h Host) evaluator() Evaluator {
	if h.Evaluator == nil || !nnlib.IsNative() {
		return here{}
	}
	return h.Evaluator
}
