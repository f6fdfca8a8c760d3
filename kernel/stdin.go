package kernel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"reprise/kernel/wire"
)

// stdin asks the client that runs a cell for a line, one question at a time.
type stdin struct {
	socket  Socket
	codec   *wire.Codec
	session *wire.Session
	log     *slog.Logger

	asking  sync.Mutex // one question at a time
	mu      sync.Mutex
	pending *question
}

type question struct {
	client [][]byte
	answer chan string
	cancel context.CancelCauseFunc
}

// errInterrupted is why Input returns when the cell is interrupted.
var errInterrupted = errors.New("kernel: interrupted while waiting for input")

// ask sends input_request to the client that sent parent, and waits for its answer.
func (s *stdin) ask(ctx context.Context, parent *wire.Message, prompt string, password bool) (string, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	frames, err := s.codec.Encode(s.session.Reply(parent, wire.InputRequest{Prompt: prompt, Password: password}))
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	q := &question{client: parent.IDs, answer: make(chan string, 1), cancel: cancel}
	s.setPending(q)
	defer s.setPending(nil)
	if err := s.socket.Send(ctx, frames); err != nil {
		return "", fmt.Errorf("kernel: the front end cannot be asked: %w", err)
	}
	select {
	case line := <-q.answer:
		return line, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// interrupt ends a question that waits.
func (s *stdin) interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending != nil {
		s.pending.cancel(errInterrupted)
	}
}

// run takes in the answers. One that nobody waits for is dropped: the question was interrupted.
func (s *stdin) run(ctx context.Context) error {
	for {
		frames, err := s.socket.Recv(ctx)
		if err != nil {
			return err
		}
		m, err := s.codec.Decode(frames)
		if err != nil {
			s.log.Warn("kernel: message refused", "channel", "stdin", "error", err)
			continue
		}
		reply, err := wire.Parse[wire.InputReply](m)
		if err != nil || m.Type() != reply.MsgType() || !s.deliver(m.IDs, reply.Value) {
			s.log.Warn("kernel: no question waits for this", "channel", "stdin", "type", m.Type())
		}
	}
}

func (s *stdin) deliver(client [][]byte, line string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending == nil || !slices.EqualFunc(s.pending.client, client, bytes.Equal) {
		return false
	}
	s.pending.answer <- line
	s.pending = nil
	return true
}

func (s *stdin) setPending(q *question) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = q
}
