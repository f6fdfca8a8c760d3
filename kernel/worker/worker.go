package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
)

const (
	// patience is how long a worker may take to obey an interrupt before a second one replaces it.
	patience = 3 * time.Second
	// farewell is how long a worker may take to close by itself.
	farewell = 2 * time.Second
)

// Options say which program the child is.
type Options struct {
	Path string   // of the program; this one when empty
	Args []string // its arguments, such as "engine"; it must call Serve
	Env  []string // added to this process's environment
	Dir  string   // working directory; this process's when empty
	// Answer answers the calls that the child's engine makes by Front.Call, each in a goroutine
	// of its own; nil refuses them. What the child's cell had shown before is delivered by then.
	Answer func(request json.RawMessage) (json.RawMessage, error)
}

// A Worker is an engine in a child process. The child is started anew when it has died;
// what was declared in it is gone then, and the cell %replay brings it back.
type Worker struct {
	options Options

	running sync.Mutex // held by Run
	rest    rest

	mu          sync.Mutex
	child       *child // nil before the first start and when the last one has died
	current     *run   // nil when no cell runs
	interrupted time.Time
	closed      bool
	runs        uint64
	memory      []memory // cells that succeeded since the session began, in order
	displays    *displays
	fresh       bool // nothing ran in this child yet
}

var _ Engine = (*Worker)(nil)

var errClosed = errors.New("worker: closed")

// Start starts the child and waits until its engine is there.
func Start(ctx context.Context, o Options) (*Worker, error) {
	if o.Path == "" {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("worker: %w", err)
		}
		o.Path = self
	}
	w := &Worker{options: o, rest: newRest(returnMemory), displays: newDisplays()}
	if _, err := w.alive(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// alive returns the child, a new one if need be.
func (w *Worker) alive(ctx context.Context) (*child, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, errClosed
	}
	if w.child != nil {
		return w.child, nil
	}
	c, err := startChild(ctx, w.options)
	if err != nil {
		return nil, err
	}
	w.child, w.fresh = c, true
	return c, nil
}

// Run runs one cell in the child. When the child dies of it, the error is an
// *engine.Fault named WorkerDied, and a fresh child is there for the next cell. The cell
// %replay is run here: it needs a fresh child and the memory of what ran.
func (w *Worker) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	w.running.Lock()
	defer w.running.Unlock()
	if isReplay(c.Source) {
		return w.replay(ctx, out)
	}
	if f := w.diedIdle(ctx); f != nil {
		return engine.Outcome{}, f
	}
	r := newRecord(c, out)
	r.displays = w.displays
	r.displays.begin(r)
	outcome, err := w.run(ctx, c, r)
	m := r.finish(outcome)
	if err == nil {
		w.memory = append(w.memory, m)
	}
	outcome.Record = r.entry(outcome, err)
	return outcome, err
}

// run runs one cell without remembering it.
func (w *Worker) run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	ch, err := w.alive(ctx)
	if err != nil {
		return engine.Outcome{}, err
	}
	r := w.begin(ctx, ch, out)
	defer w.end()
	if err := ch.orders.send(kindRun, message{ID: r.id, Cell: &c}); err != nil {
		ch.kill() // it can't be reached: its end says why
	}
	select {
	case <-r.done:
	case <-ch.gone:
	case <-ctx.Done():
		w.stop(ch, r)
	}
	select {
	case <-r.done:
		return r.result()
	case <-ch.gone:
	}
	select { // both may be ready: an outcome counts
	case <-r.done:
		return r.result()
	default:
	}
	return engine.Outcome{}, w.mourn(ctx, ch)
}

// stop makes a cell end whose context has ended.
func (w *Worker) stop(ch *child, r *run) {
	w.Interrupt()
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-r.done:
	case <-ch.gone:
	case <-t.C:
		ch.killAs("the cell did not stop when its time was over")
		<-ch.gone
	}
}

func (w *Worker) begin(ctx context.Context, ch *child, out engine.Output) *run {
	w.rest.begin()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs++
	w.fresh = false
	w.interrupted = time.Time{}
	w.current = newRun(ctx, w.runs, out)
	ch.add(w.current)
	return w.current
}

func (w *Worker) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.current.cancel()
	w.current = nil
	w.rest.end()
}

// mourn turns the child's death into a fault, and has a fresh one started.
func (w *Worker) mourn(ctx context.Context, ch *child) error {
	w.bury(ch)
	f := ch.fault()
	w.mu.Lock()
	closed, n := w.closed, len(w.memory)
	w.mu.Unlock()
	if closed {
		return errClosed
	}
	f.Notes = append(f.Notes, "the worker that held this notebook's variables has gone; a fresh one takes its place")
	if n > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("%%replay brings them back: it runs again what had succeeded (%s)", count(n, "cell")))
	}
	// A failure to start would come back with the next cell.
	_, _ = w.alive(context.WithoutCancel(ctx))
	return f
}

// diedIdle reports a child that died between cells, once: what the next cell needs is not there.
func (w *Worker) diedIdle(ctx context.Context) *engine.Fault {
	w.mu.Lock()
	ch := w.child
	w.mu.Unlock()
	if ch == nil || !ch.isGone() {
		return nil
	}
	var f *engine.Fault
	if err := w.mourn(ctx, ch); errors.As(err, &f) {
		f.Notes = append(f.Notes, "this cell has not been run")
	}
	return f
}

func (w *Worker) bury(ch *child) {
	ch.kill()
	<-ch.gone
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.child == ch {
		w.child = nil
	}
}

// Interrupt asks the running cell to stop. A second call, three seconds or more after
// one that was not obeyed, kills the child.
func (w *Worker) Interrupt() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.current == nil || w.child == nil {
		return
	}
	if w.interrupted.IsZero() {
		w.interrupted = time.Now()
	} else if time.Since(w.interrupted) >= patience {
		w.child.killAs("the cell did not obey an interrupt")
		return
	}
	ch, id := w.child, w.current.id
	go func() {
		// A child that can't be reached is dead or about to be.
		_ = ch.orders.send(kindInterrupt, message{ID: id})
	}()
}

// Complete asks the child's engine. It may be called while a cell runs.
func (w *Worker) Complete(ctx context.Context, code string, cursor int) (engine.Completion, error) {
	m, err := w.ask(ctx, kindComplete, message{Text: code, Cursor: cursor})
	if err != nil || m.Completion == nil {
		return engine.Completion{Start: cursor, End: cursor}, err
	}
	return *m.Completion, nil
}

// Inspect asks the child's engine. It may be called while a cell runs.
func (w *Worker) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	m, err := w.ask(ctx, kindInspect, message{Text: code, Cursor: cursor, Detail: detail})
	if err != nil || m.Bundle == nil {
		return display.Bundle{}, false, err
	}
	return *m.Bundle, m.Flag, nil
}

// Expr evaluates an expression in the child.
func (w *Worker) Expr(ctx context.Context, code string) (display.Bundle, error) {
	m, err := w.ask(ctx, kindExpr, message{Text: code})
	if err != nil || m.Bundle == nil {
		return display.Bundle{}, err
	}
	return *m.Bundle, nil
}

// IsComplete needs no child: it is a matter of the text.
func (w *Worker) IsComplete(code string) cell.State { return cell.IsComplete(code) }

func (w *Worker) ask(ctx context.Context, k kind, m message) (message, error) {
	if err := ctx.Err(); err != nil { // else a quick answer might win
		return message{}, err
	}
	ch, err := w.alive(ctx)
	if err != nil {
		return message{}, err
	}
	return ch.ask(ctx, k, m)
}

// PID is the child's process id; 0 when there is no child.
func (w *Worker) PID() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.child == nil {
		return 0
	}
	return w.child.cmd.Process.Pid
}

// Close ends the child; a cell that still runs ends with an error.
func (w *Worker) Close() error {
	w.mu.Lock()
	ch, closed := w.child, w.closed
	w.closed = true
	w.mu.Unlock()
	w.rest.begin() // for ever
	if ch == nil || closed {
		return nil
	}
	w.Interrupt()
	ch.close()
	return nil
}
