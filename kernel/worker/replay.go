package worker

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"strings"
	"sync"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
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

	mu      sync.Mutex
	digests map[string]hash.Hash // by stream; "display" for bundles
	answers []string
}

func newRecord(c engine.Cell, out engine.Output) *record {
	return &record{Output: out, cell: c, digests: map[string]hash.Hash{}}
}

// enter adds what was shown. How text came in pieces does not count.
func (r *record) enter(part string, data []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.digests[part]
	if h == nil {
		h = sha256.New()
		r.digests[part] = h
	}
	h.Write(data)
}

func (r *record) enterBundle(b display.Bundle) {
	data, err := json.Marshal(b) // sorts the keys
	if err != nil {
		data = []byte(err.Error())
	}
	r.enter("display", data)
}

// Stream implements engine.Output.
func (r *record) Stream(name, text string) {
	r.enter(name, []byte(text))
	r.Output.Stream(name, text)
}

// Display implements engine.Output.
func (r *record) Display(b display.Bundle, id string, update bool) {
	r.enterBundle(b)
	r.Output.Display(b, id, update)
}

// Input implements engine.Output.
func (r *record) Input(ctx context.Context, prompt string, password bool) (string, error) {
	text, err := r.Output.Input(ctx, prompt, password)
	if err == nil {
		r.mu.Lock()
		r.answers = append(r.answers, text)
		r.mu.Unlock()
	}
	return text, err
}

// finish makes a memory of a cell that has ended. What its goroutines still print is not compared.
func (r *record) finish(o engine.Outcome) memory {
	if o.Value != nil {
		r.enterBundle(*o.Value)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, part := range []string{engine.Stdout, engine.Stderr, "display"} {
		if h := r.digests[part]; h != nil {
			fmt.Fprintf(&b, "%s %x\n", part, h.Sum(nil))
		}
	}
	m := memory{cell: r.cell, answers: r.answers, sum: b.String()}
	m.cell.Seeds = o.Seeds
	return m
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
