package engine

import (
	"strings"
	"time"
)

// Go starts a goroutine of a cell.
func (rt *runtimeState) Go(f func()) {
	r := rt.mine()
	rt.others.Add(1)
	r.alive.Add(1)
	go func() {
		leave := rt.enter(r)
		defer func() {
			leave()
			rt.others.Add(-1)
			r.alive.Add(-1)
			select {
			case r.left <- struct{}{}:
			default:
			}
		}()
		defer func() {
			if p := recover(); p != nil {
				rt.goroutinePanic(r, p)
			}
		}()
		f()
	}()
}

// lingering is how long a goroutine that has done its work may take to end before it counts as
// one that goes on: on a busy machine it may not get a processor sooner.
const lingering = 200 * time.Millisecond

// settle counts the goroutines of a run that go on. Those that are about to end get the
// chance to.
func (r *run) settle() int {
	var due <-chan time.Time
	for r.alive.Load() > 0 {
		if due == nil {
			due = time.After(lingering)
		}
		select {
		case <-r.left:
		case <-due:
			return int(r.alive.Load())
		}
	}
	return 0
}

// goroutinePanic makes a panic in a goroutine the fault of its cell if that still runs, and
// a message in its output otherwise.
func (rt *runtimeState) goroutinePanic(r *run, p any) {
	f := rt.panicFault(p)
	f.Message += " (in a goroutine)"
	select {
	case <-r.stopped:
	default:
		if rt.current() == r && r.ctx.Err() == nil {
			r.panicked = f
			rt.halt(r, "panic")
			return
		}
	}
	r.out.Stream(Stderr, strings.Join(f.Traceback(), "\n")+"\n")
}
