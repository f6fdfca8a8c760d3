package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reprise/nnlib/experiment"
)

// job plays one block, publishes what it gave, and then takes it from the queue.
func (w *Worker) job(ctx context.Context, m jetstream.Msg) error {
	var j jobMessage
	if err := json.Unmarshal(m.Data(), &j); err != nil {
		w.log("a job cannot be read: %v", err)
		return m.Term()
	}
	if j.Not == w.Name {
		return ignoreLost(m.NakWithDelay(auditDelay))
	}
	if w.cannot[j.Program] != nil {
		return ignoreLost(m.NakWithDelay(ackWait / 2)) // for somebody who can; the session knows
	}
	alive := w.heartbeat(ctx, m)
	answer := w.answer(ctx, j)
	alive()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for publish(within(ctx, 5*time.Second), w.js, w.store, j.Program, answer) != nil {
		// The link may be down. Somebody else may have played the block by now: that is no harm.
		if w.nc.IsClosed() {
			return nil
		}
		if err := pause(ctx, retryWait); err != nil {
			return err
		}
		if _, err := w.js.Stream(within(ctx, 2*time.Second), resultStream); errors.Is(err, jetstream.ErrStreamNotFound) {
			return nil // another session: play finds out
		}
	}
	if answer.Refused {
		return ignoreLost(m.NakWithDelay(ackWait / 2)) // for somebody who can
	}
	return ignoreLost(m.DoubleAck(within(ctx, 2*time.Second)))
}

// auditDelay is how long an audit waits for somebody else when the audited worker gets it.
const auditDelay = 50 * time.Millisecond

// ignoreLost: a block that could not be acknowledged is played once more, to the same bits.
func ignoreLost(error) error { return nil }

// heartbeat tells the server that the block is being played, until the returned function is called.
func (w *Worker) heartbeat(ctx context.Context, m jetstream.Msg) func() {
	ctx, stop := context.WithCancel(ctx)
	go func() {
		for pause(ctx, ackWait/3) == nil {
			_ = m.InProgress() // a lost link is noticed by the server
		}
	}()
	return stop
}

// answer plays a block.
func (w *Worker) answer(ctx context.Context, j jobMessage) resultMessage {
	a := resultMessage{By: w.Name}
	refuse := func(err error) resultMessage {
		a.Refused, a.Err = true, err.Error()
		if !passing(err) {
			w.cannot[j.Program] = err
		}
		w.log("cannot play %s: %v", j.Program[:12], err)
		return a
	}
	w.player.lock.Lock()
	defer w.player.lock.Unlock()
	if w.hash != j.Program || w.player.standing == nil {
		p, err := fetchProgram(within(ctx, 30*time.Second), w.store, j.Program)
		if err != nil {
			return refuse(err)
		}
		if p.Lock != w.Lock {
			return refuse(fmt.Errorf("its cells are of another program: %s; this is %s", p.Lock, w.Lock))
		}
		w.log("evaluating %d cells for %s", len(p.Steps)+1, j.Program[:12])
		if err := w.player.reach(ctx, p); err != nil {
			return refuse(err)
		}
		w.hash = j.Program
		if err := w.player.prove(ctx, p, func(r experiment.Result) error {
			w.falsify(&r)
			w.proof = &r
			return nil
		}); err != nil {
			return w.failure(a, err)
		}
	}
	a.Proof = w.proof // with every block: the session that asks may be another than the one before
	if err := w.player.play(ctx, j.Tasks, func(p Played) error {
		w.falsify(&p.Result)
		a.Played = append(a.Played, p)
		return nil
	}); err != nil {
		return w.failure(a, err)
	}
	w.log("played %d runs of %s", len(a.Played), j.Program[:12])
	return a
}

// passing reports whether what could not be played may be next time: memory, or the server, may be there.
func passing(err error) bool {
	return died(err) || electing(err) || errors.Is(err, jetstream.ErrObjectNotFound)
}

func (w *Worker) falsify(r *experiment.Result) {
	if w.alter != nil {
		w.alter(r)
	}
}

func (w *Worker) failure(a resultMessage, err error) resultMessage {
	var run *runError
	a.Err = err.Error()
	if errors.As(err, &run) && !died(err) {
		a.Failed, a.Err = &run.task, run.err.Error()
	} else {
		a.Refused = true
	}
	w.log("%s", a.Err)
	return a
}
