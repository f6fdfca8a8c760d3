package worker

import (
	"context"
	"errors"

	"reprise/kernel/engine"
)

// A run is one cell under way, as the front process sees it. Its output stays
// in use afterwards: goroutines of the cell may go on printing.
type run struct {
	id     uint64
	ctx    context.Context // ends with the cell: nobody is asked for input any more
	cancel context.CancelFunc
	out    engine.Output
	done   chan struct{} // closed when outcome is there
	reply  message
}

func newRun(ctx context.Context, id uint64, out engine.Output) *run {
	r := &run{id: id, out: out, done: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(ctx)
	return r
}

func (r *run) finish(m message) {
	r.reply = m
	close(r.done)
}

func (r *run) result() (engine.Outcome, error) {
	var o engine.Outcome
	if r.reply.Outcome != nil {
		o = *r.reply.Outcome
	}
	return o, r.reply.failure()
}

func (m message) failure() error {
	switch {
	case m.Fault != nil:
		return m.Fault
	case m.Err != "":
		return errors.New(m.Err)
	}
	return nil
}
