package worker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// An Engine is what Serve serves and what a Worker is: kernel.Engine, which this package must not import.
type Engine interface {
	Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error)
	Complete(ctx context.Context, code string, cursor int) (engine.Completion, error)
	Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error)
	Expr(ctx context.Context, code string) (display.Bundle, error)
	IsComplete(code string) cell.State
	Interrupt()
	Close() error
}

// A Front is the program that has started this one, as its engine sees it.
type Front interface {
	// Call asks it for something: Options.Answer gives the answer. Requests and answers are JSON.
	Call(ctx context.Context, request, answer any) error
}

// Serve is the life of the child process: it makes the engine and serves it over the
// pipes that Start has passed, until the front process closes them or is gone. The program should exit when it returns.
func Serve(newEngine func(Front) (Engine, error)) error {
	files, err := inherited()
	if err != nil {
		return err
	}
	control, events, replies := files[0], files[1], files[2]
	preferVictim()
	s := &server{
		stdout:  os.Stdout, // as they are now: a cell may replace the variables
		stderr:  os.Stderr,
		events:  &sender{w: events},
		replies: &sender{w: replies},
		jobs:    make(chan job, 1),
		answers: map[uint64]chan message{},
		rest:    newRest(returnMemory),
	}
	if s.engine, err = newEngine(s); err != nil {
		if sendErr := s.events.send(kindReady, message{Err: err.Error()}); sendErr != nil {
			return sendErr
		}
		return err
	}
	if err := s.events.send(kindReady, message{}); err != nil {
		return err
	}
	go s.work()
	defer close(s.jobs)
	return s.control(bufio.NewReader(control))
}

// A server is the child's side.
type server struct {
	engine          Engine
	stdout, stderr  *os.File
	events, replies *sender
	jobs            chan job // holds one: the front process sends a run when it has the outcome of the one before
	rest            rest

	mu        sync.Mutex
	current   uint64 // the run accepted last
	cancel    context.CancelFunc
	ended     bool   // whether current has
	early     uint64 // a run that was interrupted before it came
	answers   map[uint64]chan message
	questions uint64
}

// control obeys the front process; it never blocks, so that an interrupt is heard at once.
func (s *server) control(r *bufio.Reader) error {
	for {
		k, payload, err := readFrame(r)
		if err != nil {
			// The front process has gone. Nobody reads what a cell might still do.
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		m, err := decode(payload)
		if err != nil {
			return fmt.Errorf("worker: control frame: %w", err)
		}
		switch k {
		case kindRun:
			s.accept(m)
		case kindInterrupt:
			s.interrupt(m.ID)
		case kindAnswer, kindReturn:
			s.answer(m)
		case kindComplete, kindInspect, kindExpr:
			go s.reply(k, m)
		case kindClose:
			return s.engine.Close()
		}
	}
}

// accept notes the run before the engine sees it, so that an interrupt that follows at once isn't lost.
func (s *server) accept(m message) {
	ctx, cancel := context.WithCancel(context.Background())
	s.mu.Lock()
	s.current, s.cancel, s.ended = m.ID, cancel, false
	if s.early == m.ID {
		cancel()
	}
	s.mu.Unlock()
	s.jobs <- job{ctx, m}
}

func (s *server) interrupt(run uint64) {
	s.mu.Lock()
	cancel, stale := s.cancel, run != s.current || s.ended
	if run > s.current {
		s.early = run
	}
	s.mu.Unlock()
	if stale {
		return
	}
	cancel()
	go s.engine.Interrupt()
}

// A job is a run that was accepted.
type job struct {
	ctx context.Context
	message
}

// work does all jobs in one goroutine, whose stack is large already when the second cell is compiled:
// to let a new one grow by copying costs a short cell a twentieth of its time.
func (s *server) work() {
	for j := range s.jobs {
		s.rest.begin()
		s.run(j.ctx, j.message)
		s.rest.end()
	}
}

func (s *server) run(ctx context.Context, m message) {
	outcome, err := s.engine.Run(ctx, *m.Cell, &output{s: s, run: m.ID, ctx: ctx})
	s.mu.Lock()
	s.ended = true
	s.cancel()
	s.mu.Unlock()
	reply := message{ID: m.ID, Outcome: &outcome}
	if err != nil && !errors.As(err, &reply.Fault) {
		reply.Err = err.Error()
	}
	reply.Marked = [2]bool{s.mark(s.stdout, m.ID), s.mark(s.stderr, m.ID)}
	if err := s.events.send(kindOutcome, reply); err != nil {
		// The value can't be written, for example since a JSON bundle holds a channel.
		reply.Outcome, reply.Err = nil, "the cell's value can't be shown: "+err.Error()
		_ = s.events.send(kindOutcome, reply) // fails only when the front process has gone
	}
}

// mark tells the reader of a raw pipe that all of the run's text has arrived. A cell may have closed the file.
func (s *server) mark(f *os.File, run uint64) bool {
	_, err := f.Write(mark(run))
	return err == nil
}

func (s *server) reply(k kind, m message) {
	ctx := context.Background() // the front process stops waiting by itself
	reply := message{ID: m.ID}
	var err error
	switch k {
	case kindComplete:
		var c engine.Completion
		c, err = s.engine.Complete(ctx, m.Text, m.Cursor)
		reply.Completion = &c
	case kindInspect:
		var b display.Bundle
		b, reply.Flag, err = s.engine.Inspect(ctx, m.Text, m.Cursor, m.Detail)
		reply.Bundle = &b
	case kindExpr:
		var b display.Bundle
		b, err = s.engine.Expr(ctx, m.Text)
		reply.Bundle = &b
	}
	if err != nil && !errors.As(err, &reply.Fault) {
		reply.Err = err.Error()
	}
	if err := s.replies.send(kindReply, reply); err != nil {
		_ = s.replies.send(kindReply, message{ID: m.ID, Err: err.Error()})
	}
}

// Call implements Front.
func (s *server) Call(ctx context.Context, request, answer any) error {
	data, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	id, ch := s.question()
	if err := s.events.send(kindCall, message{Input: id, Data: data}); err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	select {
	case m := <-ch:
		if m.Err != "" {
			return errors.New(m.Err)
		}
		return json.Unmarshal(m.Data, answer)
	case <-ctx.Done():
		s.forget(id)
		return ctx.Err()
	}
}

// question is a number for a question, and where its answer will come.
func (s *server) question() (uint64, chan message) {
	ch := make(chan message, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions++
	s.answers[s.questions] = ch
	return s.questions, ch
}

func (s *server) forget(question uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.answers, question)
}

func (s *server) answer(m message) {
	s.mu.Lock()
	ch := s.answers[m.Input]
	delete(s.answers, m.Input)
	s.mu.Unlock()
	if ch != nil {
		ch <- m // holds one
	}
}
