package swarm

import (
	"context"

	"reprise/nnlib/experiment"
)

// A crew is those who play runs for a session: processes of this machine (local), or whoever
// has joined a NATS server (cluster).
type crew interface {
	// open lets the crew go to an experiment. It works there until the shift's end.
	open(ctx context.Context, p *Program) (shift, error)
	// trusted crews are this very program on this machine: what they compute is what it computes.
	trusted() bool
	close()
	String() string
}

// A shift is a crew at work on one experiment. One goroutine uses it, and reads news until
// it has what it wants.
type shift interface {
	// earlier is what workers have told an earlier session of this experiment, if it is kept.
	earlier() []news
	// give has tasks played, in this order, in blocks of that many.
	give(tasks []experiment.Task, block int)
	// others reports whether there is another worker than the one named.
	others(than string) bool
	// audit has a task played by another worker than the one named.
	audit(t experiment.Task, not string)
	// dismiss makes a worker leave, and tells it why. What it has still played may come.
	dismiss(worker, why string)
	news() <-chan news
	// end leaves the experiment. With cut, runs that are being played are not wanted any more; else there
	// are none, and whoever is still on the way may arrive, for the next time. It does not wait.
	end(cut bool)
}

// news is what a worker, or the crew, has to tell: one of the fields below by.
type news struct {
	by      string
	proof   *experiment.Result // of the program's proof
	played  *Played
	failed  *experiment.Task // it failed there, with err
	refused bool             // the worker cannot evaluate the cells: err
	empty   bool             // nobody is left, and nobody will come
	err     error
}
