package worker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/nnlib/trace"
)

// isReplay knows the cell that runs all earlier ones again.
func isReplay(source string) bool { return strings.TrimSpace(source) == "%replay" }

// A memory is what is kept of a cell that succeeded.
type memory struct {
	cell    engine.Cell // with the seeds that it took
	answers []string    // to its questions
	sum     string      // digest of all that it showed
}

// A record is the output of a running cell that is to be remembered.
type record struct {
	engine.Output // the cell's own
	cell          engine.Cell
	began         time.Time
	shown         ledger.Outputs
	displays      *displays // nil: what it updates in other cells stands in no ledger
	changed       []*record // whose displays it has updated

	mu      sync.Mutex
	answers []string // to be given again by %replay
	public  []string // the same for the ledger, without passwords
}

func newRecord(c engine.Cell, out engine.Output) *record {
	return &record{Output: out, cell: c, began: time.Now()}
}

// Stream implements engine.Output.
func (r *record) Stream(name, text string) {
	r.shown.Stream(name, text)
	r.Output.Stream(name, text)
}

// Display implements engine.Output.
func (r *record) Display(b display.Bundle, id string, update bool) {
	r.shown.Display(b.Data, b.Metadata, id, update)
	r.displays.show(r, b, id, update)
	r.Output.Display(b, id, update)
}

// Clear implements engine.Output.
func (r *record) Clear(wait bool) {
	r.shown.Clear(wait)
	r.Output.Clear(wait)
}

// Input implements engine.Output.
func (r *record) Input(ctx context.Context, prompt string, password bool) (string, error) {
	text, err := r.Output.Input(ctx, prompt, password)
	if err != nil {
		return text, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = append(r.answers, text)
	if password {
		r.public = append(r.public, "")
	} else {
		r.public = append(r.public, text)
	}
	return text, nil
}

// finish makes a memory of a cell that has ended. What its goroutines still print is not compared.
func (r *record) finish(o engine.Outcome) memory {
	if o.Value != nil {
		r.shown.Result(o.Value.Data, o.Value.Metadata)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	m := memory{cell: r.cell, answers: r.answers, sum: r.shown.Sum()}
	m.cell.Seeds = o.Seeds
	return m
}

// entry is the cell in the ledger. It is called after finish.
func (r *record) entry(o engine.Outcome, err error) *ledger.Record {
	e := &ledger.Record{
		Name: r.cell.Name, Cell: r.cell.ID, Source: ledger.Digest(r.cell.Source), Status: ledger.OK, Facts: o.Facts,
		Volatile: &ledger.Volatile{
			Started: r.began.UTC().Format(time.RFC3339Nano), Micros: time.Since(r.began).Microseconds(), Running: o.Running,
		},
	}
	e.Answers = r.public
	var f *engine.Fault
	switch {
	case errors.As(err, &f):
		e.Status = f.Name
		r.shown.Error(f.Name, f.Message)
	case err != nil:
		e.Status = "InternalError"
	}
	e.Fits = fits(o.Trace)
	if v := e.Volatile; e.Chance {
		v.Roots, v.Draws, v.Files, v.Fits = e.Roots, e.Draws, e.Files, e.Fits
		e.Roots, e.Draws, e.Files, e.Fits = nil, nil, nil, nil
	}
	e.Output, e.Terminal, e.Changed = r.shown.Sum(), r.shown.Terminal(), r.displays.changes(r)
	return e
}

// mostFits is how many trainings of a cell stand in the ledger by themselves.
const mostFits = 4

func fits(log *trace.Log) (list []ledger.Fit) {
	if log == nil {
		return nil
	}
	rest, digests := ledger.Fit{}, ""
	for i, f := range log.Fits {
		if i < mostFits {
			list = append(list, ledger.Fit{Model: f.Model, Steps: f.Steps, Digest: f.Digest, Batches: f.Batches, Checks: f.Checks.Folded().Text()})
			continue
		}
		rest.Count, rest.Steps, digests = rest.Count+1, rest.Steps+f.Steps, digests+f.Digest+"\n"
	}
	if log.More != nil {
		rest.Count, digests = rest.Count+log.More.Fits, digests+log.More.Digest
	}
	if rest.Count > 0 {
		rest.Digest = ledger.Digest(digests)[:16]
		list = append(list, rest)
	}
	return list
}

// replay runs all remembered cells in a fresh child, and compares what they show with what they showed.
func (w *Worker) replay(ctx context.Context, out engine.Output) (engine.Outcome, error) {
	if len(w.memory) == 0 {
		return engine.Outcome{}, &engine.Fault{Name: "ReplayError", Message: "no cell has succeeded yet, so there is nothing to replay"}
	}
	w.discard()
	began := time.Now()
	var differ []string
	for i, old := range w.memory {
		out.Progress(fmt.Sprintf("replaying cell %d of %d", i+1, len(w.memory)))
		r := newRecord(old.cell, &silent{answers: old.answers})
		outcome, err := w.run(ctx, old.cell, r)
		if err != nil {
			out.Progress("")
			return engine.Outcome{}, replayFault(err, i, len(w.memory), old.cell)
		}
		if r.finish(outcome).sum != old.sum {
			differ = append(differ, old.cell.Name)
		}
	}
	out.Progress("")
	out.Stream(engine.Stdout, replayReport(len(w.memory), time.Since(began), differ))
	return engine.Outcome{}, nil
}

// discard makes sure that the next cell meets a fresh child.
func (w *Worker) discard() {
	w.mu.Lock()
	ch, fresh := w.child, w.fresh
	w.mu.Unlock()
	if ch != nil && (!fresh || ch.isGone()) {
		w.bury(ch)
	}
}

func replayFault(err error, i, n int, c engine.Cell) error {
	var f *engine.Fault
	if !errors.As(err, &f) {
		return err
	}
	f.Notes = append(f.Notes, fmt.Sprintf("replay stopped here: %d of %d cells are back, %s failed", i, n, c.Name))
	return f
}

func replayReport(n int, took time.Duration, differ []string) string {
	report := fmt.Sprintf("replayed %s in %.1f s, ", count(n, "cell"), took.Seconds())
	if len(differ) == 0 {
		return report + "identical\n"
	}
	return report + fmt.Sprintf("%d identical; different output: %s\n", n-len(differ), strings.Join(differ, ", "))
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// A silent output shows nothing and gives the answers that were given before.
type silent struct {
	mu      sync.Mutex
	answers []string
}

var _ engine.Output = (*silent)(nil)

func (*silent) Stream(string, string)                {}
func (*silent) Display(display.Bundle, string, bool) {}
func (*silent) Clear(bool)                           {}
func (*silent) Progress(string)                      {}
func (*silent) Page(display.Bundle)                  {}
func (*silent) SetNextInput(string, bool)            {}

func (s *silent) Input(context.Context, string, bool) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) == 0 {
		return "", engine.ErrNoInput
	}
	text := s.answers[0]
	s.answers = s.answers[1:]
	return text, nil
}
