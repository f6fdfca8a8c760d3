package kernel

import (
	"context"
	"sync"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// Starting is an engine that start makes in the background, so that a kernel
// can bind its sockets and say who it is while the interpreter is still being
// loaded. What needs the engine waits for it; if start fails, each cell says why.
func Starting(start func() (Engine, error)) Engine {
	s := &starting{ready: make(chan struct{})}
	go func() {
		defer close(s.ready)
		s.engine, s.err = start()
	}()
	return s
}

type starting struct {
	ready  chan struct{} // closed when engine and err are set
	engine Engine
	err    error

	mu        sync.Mutex
	interrupt context.CancelFunc // ends the wait of a cell that is to run
}

// wait waits for the engine.
func (s *starting) wait(ctx context.Context) (Engine, error) {
	select {
	case <-s.ready:
		return s.engine, s.err
	default:
	}
	select {
	case <-s.ready:
		return s.engine, s.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *starting) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	s.setInterrupt(cancel)
	e, err := s.wait(waiting)
	s.setInterrupt(nil)
	switch {
	case err != nil && waiting.Err() != nil && ctx.Err() == nil:
		return engine.Outcome{}, &engine.Fault{Name: "Interrupted", Message: "the interpreter is still being loaded"}
	case err != nil:
		return engine.Outcome{}, err
	}
	return e.Run(ctx, c, out)
}

func (s *starting) Complete(ctx context.Context, code string, cursor int) (engine.Completion, error) {
	e, err := s.wait(ctx)
	if err != nil {
		return engine.Completion{}, err
	}
	return e.Complete(ctx, code, cursor)
}

func (s *starting) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	e, err := s.wait(ctx)
	if err != nil {
		return display.Bundle{}, false, err
	}
	return e.Inspect(ctx, code, cursor, detail)
}

func (s *starting) Expr(ctx context.Context, code string) (display.Bundle, error) {
	e, err := s.wait(ctx)
	if err != nil {
		return display.Bundle{}, err
	}
	return e.Expr(ctx, code)
}

func (s *starting) IsComplete(code string) cell.State {
	e, err := s.wait(context.Background())
	if err != nil {
		return cell.State{Status: cell.Complete} // running it will say why it cannot be run
	}
	return e.IsComplete(code)
}

func (s *starting) Interrupt() {
	s.mu.Lock()
	cancel := s.interrupt
	s.mu.Unlock()
	if cancel != nil {
		cancel()
		return
	}
	select {
	case <-s.ready:
		if s.err == nil {
			s.engine.Interrupt()
		}
	default: // nothing runs yet
	}
}

func (s *starting) setInterrupt(cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupt = cancel
}

// Close waits for the start to end: what was begun must be closed too.
func (s *starting) Close() error {
	<-s.ready
	if s.err != nil {
		return nil // there is nothing to close
	}
	return s.engine.Close()
}
