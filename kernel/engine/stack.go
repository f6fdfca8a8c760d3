package engine

import (
	"runtime"
	"time"
)

// The stack of a cell's goroutines may grow to this many bytes.
const stackLimit = 256 << 20

const stackLimitText = "256 MB"

// watchStack stops a run whose recursion does not end: a Go program whose stack overflows
// can not be saved. What stood on stacks before the run is not the run's.
func (rt *runtimeState) watchStack(r *run) *time.Timer {
	before := stackBytes()
	var t *time.Timer
	var check func()
	check = func() {
		if stackBytes() > before+stackLimit {
			rt.halt(r, "stack")
			return
		}
		t.Reset(20 * time.Millisecond)
	}
	t = time.AfterFunc(time.Hour, check)
	t.Reset(20 * time.Millisecond)
	return t
}

// forgetStack brings the process back to small stacks. A collection that saw a deep
// recursion makes the stacks of all new goroutines large, by their average (runtime,
// gcComputeStartingStackSize), and the stack itself may wait for the end of one. The first
// collection from here sees that it is over, the second frees what was made since.
func forgetStack() {
	runtime.GC()
	runtime.GC()
}
