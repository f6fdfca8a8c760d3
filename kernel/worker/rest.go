package worker

import (
	"runtime/debug"
	"time"
)

// restAfter is how long nothing must run before a process counts as resting:
// longer than a front end takes from one cell to the next of "run all".
const restAfter = time.Second

// A rest gives memory back to the system when a process has had nothing to do
// for a while. A notebook is idle most of its life, and Go's collector runs when
// a program allocates: what the last cell left would stay until the next one.
type rest struct{ timer *time.Timer }

func newRest(release func()) rest {
	t := time.AfterFunc(restAfter, release)
	return rest{t}
}

// returnMemory collects and gives back; the process rests, so nobody waits for it.
func returnMemory() { debug.FreeOSMemory() }

func (r rest) begin() { r.timer.Stop() }
func (r rest) end()   { r.timer.Reset(restAfter) }
