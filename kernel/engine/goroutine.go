package engine

import (
	"context"
	"runtime/pprof"
	"unsafe"
)

// Goroutines of cells are told apart by their profiler labels: each that a cell starts gets a set
// of its own, and what it starts in turn inherits it, in compiled code too. So what a worker of
// some library prints goes where it belongs. The number of a goroutine would have to be read from
// its stack, which takes as long as the stack is deep.

//go:linkname label runtime/pprof.runtime_getProfLabel
func label() unsafe.Pointer

// enter makes the calling goroutine one of a cell's, until leave is called.
func (rt *runtimeState) enter(r *run) (leave func()) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("cell", r.cell.Name)))
	id := label()
	rt.mu.Lock()
	rt.runs[id] = r
	rt.mu.Unlock()
	return func() {
		rt.mu.Lock()
		delete(rt.runs, id)
		rt.mu.Unlock()
	}
}
