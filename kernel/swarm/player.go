package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"reprise/kernel/engine"
	"reprise/kernel/worker"
	"reprise/nnlib/experiment"
)

// A Starter starts a process that serves an engine whose experiments are played by a Replica.
// It uses so many threads; 0: as many as there are.
type Starter func(ctx context.Context, threads int, answer func(json.RawMessage) (json.RawMessage, error)) (*worker.Worker, error)

// A player has runs played in a process of its own. The process evaluates the cells of a
// program and then stands in the experiment, playing what it is given, until another
// program takes it further. One goroutine uses it.
type player struct {
	start   Starter
	threads int
	lock    sync.Mutex // held by who uses it
	deaths  int

	w        *worker.Worker
	link     *link
	ran      map[int]string // the cells that were evaluated, by name and index in the history
	standing *standing
}

// newPlayer returns a player whose process is being started.
func newPlayer(ctx context.Context, start Starter, threads int) *player {
	p := &player{start: start, threads: threads}
	p.lock.Lock()
	go func() {
		defer p.lock.Unlock()
		_ = p.fresh(ctx) // it is tried again when it is needed, and then the error is told
	}()
	return p
}

// A link joins the player with the calls of its process.
type link struct {
	at    chan position
	order chan order
	cut   chan struct{}
}

// standing is a cell that is under way.
type standing struct {
	step  Step
	out   *catcher
	at    position      // where it waits for an order
	ended chan struct{} // closed when it is over; then err
	err   error
	stop  context.CancelFunc
}

// A cellError says that a cell could not be evaluated in another process.
type cellError struct {
	cell string
	err  error
}

func (e *cellError) Error() string { return fmt.Sprintf("%s: %v", e.cell, e.err) }
func (e *cellError) Unwrap() error { return e.err }

// A runError says that a run failed, as it will anywhere.
type runError struct {
	task experiment.Task
	err  error
}

func (e *runError) Error() string { return fmt.Sprintf("%s: %v", e.task, e.err) }
func (e *runError) Unwrap() error { return e.err }

// prove plays the program's proof unless it has been.
func (p *player) prove(ctx context.Context, prog *Program, tell func(experiment.Result) error) error {
	return p.play(ctx, []experiment.Task{prog.Proof}, func(played Played) error { return tell(played.Result) })
}

// play plays tasks in order. The process must stand in their experiment.
func (p *player) play(ctx context.Context, tasks []experiment.Task, each func(Played) error) error {
	p.standing.out.take() // what the cell showed on its way
	for _, t := range tasks {
		ended, err := p.follow(ctx, order{Task: &t})
		if err == nil && ended {
			err = errors.New("the experiment's cell ended in the middle of a run")
		}
		if err != nil {
			p.discard()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return &runError{t, err}
		}
		played := Played{Shown: p.standing.out.take()}
		if r := p.standing.at.Result; r != nil {
			played.Result = *r
		}
		if played.Result.Task != t {
			p.discard()
			return fmt.Errorf("swarm: %s was asked for and %s was played", t, played.Result.Task)
		}
		if err := each(played); err != nil {
			return err
		}
	}
	return nil
}

// fresh starts the process.
func (p *player) fresh(ctx context.Context) error {
	l := &link{at: make(chan position), order: make(chan order), cut: make(chan struct{})}
	w, err := p.start(ctx, p.threads, l.answer)
	if err != nil {
		return err
	}
	p.w, p.link, p.ran, p.standing = w, l, map[int]string{}, nil
	return nil
}

// answer passes a call of the process to the player, and its order back.
func (l *link) answer(request json.RawMessage) (json.RawMessage, error) {
	var at position
	if err := json.Unmarshal(request, &at); err != nil {
		return nil, err
	}
	select {
	case l.at <- at:
	case <-l.cut:
		return nil, errLeft
	}
	select {
	case o := <-l.order:
		return jsonOf(o), nil
	case <-l.cut:
		return nil, errLeft
	}
}

// discard ends the process; the next program gets a fresh one.
func (p *player) discard() {
	if p.w == nil {
		return
	}
	close(p.link.cut)
	if p.standing != nil {
		p.standing.stop()
	}
	_ = p.w.Close() // it says nothing that would matter
	p.w, p.link, p.ran, p.standing = nil, nil, nil, nil
}

// died reports whether an error is the end of the process rather than the cell's own.
func died(err error) bool {
	var f *engine.Fault
	return errors.As(err, &f) && f.Name == worker.Died
}
