package swarm

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/worker"
	"reprise/nnlib/experiment"
	"reprise/nnlib/rng"
)

// A Config holds what a Session needs from outside.
type Config struct {
	Root  *rng.Tree     // of all randomness that cells draw
	Start Starter       // of a process that plays runs
	Lock  func() string // what results depend on besides the cells: workers must have the same
}

// A Session is an engine whose experiments are played by several processes when it is
// told to. It remembers the cells that it runs, so that others can evaluate them again.
type Session struct {
	config Config
	engine worker.Engine

	mu      sync.Mutex
	history []memory
	running *execution
	crew    crew // nil until %workers
}

// An execution is the cell that runs.
type execution struct {
	cell   engine.Cell
	text   func() *text
	out    *watched
	calls  map[int]*called
	over   []Call          // experiments that came to their end
	spoken map[string]bool // what was said, as once is enough
}

// A called is one experiment of the running cell.
type called struct {
	proof *experiment.Result // of its first task, played here
	took  time.Duration      // to play it
}

var (
	_ worker.Engine       = (*Session)(nil)
	_ experiment.Follower = (*Session)(nil)
	_ engine.Workers      = (*Session)(nil)
)

// NewSession returns a session that plays its experiments in its own process.
func NewSession(c Config) *Session { return &Session{config: c} }

// Around has the session run its cells by e, which knows it as its Workers.
func (s *Session) Around(e worker.Engine) *Session {
	s.engine = e
	return s
}

// Run implements worker.Engine.
func (s *Session) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	e := &execution{cell: c, text: lazyText(c.Source), out: &watched{Output: out}, calls: map[int]*called{}, spoken: map[string]bool{}}
	s.mu.Lock()
	s.running = e
	s.mu.Unlock()
	before := s.config.Root.State()
	outcome, err := s.engine.Run(ctx, c, e.out)
	s.remember(e, outcome, err, s.config.Root.State() != before)
	return outcome, err
}

// remember keeps what others need to evaluate the cell that has ended.
func (s *Session) remember(e *execution, o engine.Outcome, err error, moved bool) {
	var f *engine.Fault
	if errors.As(err, &f) && (f.Name == "CompileError" || f.Name == "SyntaxError") {
		return // nothing of it was run
	}
	step := Step{Cell: e.cell}
	step.Cell.Seeds = o.Seeds
	step.Calls = e.over
	s.mu.Lock()
	defer s.mu.Unlock()
	step.Index = len(s.history)
	s.history = append(s.history, memory{step, e.text, moved, e.out.asked, err != nil})
}

// Evaluate implements experiment.Evaluator.
func (s *Session) Evaluate(ctx context.Context, job experiment.Job, done func(experiment.Result) error) error {
	s.mu.Lock()
	e, crew := s.running, s.crew
	s.mu.Unlock()
	c := e.calls[job.Call]
	if c == nil {
		c = &called{}
		e.calls[job.Call] = c
	}
	if crew == nil {
		return playHere(ctx, job, done)
	}
	prog, why := s.program(e, job)
	if why != "" {
		e.say(fmt.Sprintf("experiment: the runs are played in this process, as %s", why))
		return playHere(ctx, job, done)
	}
	return (&spread{job: job, crew: crew, prog: prog, cell: e, call: c, done: done}).play(ctx)
}

// Finished implements experiment.Follower. Without a crew the results are not kept: should
// others need the cell later, each plays it.
func (s *Session) Finished(job experiment.Job, results func() []experiment.Result) {
	s.mu.Lock()
	e, crew := s.running, s.crew
	s.mu.Unlock()
	over := Call{Here: true}
	if crew != nil && e.text().writes == "" {
		over = Call{Results: results()}
	}
	e.over = append(e.over, over)
}

// program is what others need to come to a job, or why they cannot.
func (s *Session) program(e *execution, job experiment.Job) (*Program, string) {
	if e.text().writes != "" {
		return nil, fmt.Sprintf("a run changes %s, which the cell sees afterwards; return it as the score, or log it with run.Log", e.text().writes)
	}
	if why := (memory{step: Step{Cell: e.cell}, text: e.text, asked: e.out.asked}).why(); why != "" {
		return nil, why
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &Program{Lock: s.config.Lock(), Target: e.cell, Key: job.Key, Seed: job.Seed, Proof: job.Tasks[0]}
	if p.Calls = e.over; job.Call != len(e.over) {
		return nil, "an earlier experiment of the cell did not come to its end"
	}
	if proof := e.calls[job.Call].proof; proof != nil {
		p.Proof = proof.Task
	}
	for _, m := range s.history {
		p.History = append(p.History, nameOf(m.step.Cell))
	}
	for _, i := range needed(s.history, e.text()) {
		m := s.history[i]
		if why := m.why(); why != "" {
			return nil, why
		}
		p.Steps = append(p.Steps, m.step)
	}
	return p, ""
}

// say writes a line to the cell's standard error, once.
func (e *execution) say(line string) {
	if !e.spoken[line] {
		e.spoken[line] = true
		e.out.Stream(engine.Stderr, line+"\n")
	}
}

// Interrupt implements worker.Engine.
func (s *Session) Interrupt() { s.engine.Interrupt() }

// Complete implements worker.Engine.
func (s *Session) Complete(ctx context.Context, code string, cursor int) (engine.Completion, error) {
	return s.engine.Complete(ctx, code, cursor)
}

// Inspect implements worker.Engine.
func (s *Session) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	return s.engine.Inspect(ctx, code, cursor, detail)
}

// Expr implements worker.Engine.
func (s *Session) Expr(ctx context.Context, code string) (display.Bundle, error) {
	return s.engine.Expr(ctx, code)
}

// IsComplete implements worker.Engine.
func (s *Session) IsComplete(code string) cell.State { return s.engine.IsComplete(code) }

// Close implements worker.Engine.
func (s *Session) Close() error {
	s.hire(nil)
	return s.engine.Close()
}

// hire replaces those who play runs.
func (s *Session) hire(c crew) {
	s.mu.Lock()
	old := s.crew
	s.crew = c
	s.mu.Unlock()
	if old != nil {
		old.close()
	}
}

// A watched output notes that the cell asked for input, and can be silenced.
type watched struct {
	engine.Output
	mu    sync.Mutex
	asked bool
	mute  bool
}

// Input implements engine.Output.
func (w *watched) Input(ctx context.Context, prompt string, password bool) (string, error) {
	w.mu.Lock()
	w.asked = true
	w.mu.Unlock()
	return w.Output.Input(ctx, prompt, password)
}

// Stream implements engine.Output.
func (w *watched) Stream(name, text string) {
	if !w.muted() {
		w.Output.Stream(name, text)
	}
}

// Display implements engine.Output.
func (w *watched) Display(b display.Bundle, id string, update bool) {
	if !w.muted() {
		w.Output.Display(b, id, update)
	}
}

func (w *watched) muted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mute
}

// silently calls f while nothing that the cell shows is shown.
func (w *watched) silently(f func()) {
	set := func(on bool) { w.mu.Lock(); w.mute = on; w.mu.Unlock() }
	set(true)
	defer set(false)
	f()
}
