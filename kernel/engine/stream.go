package engine

import (
	"context"
	"io"
	"os"
	"sync"

	"reprise/kernel/display"
)

// A streamWriter writes to the output of the cell that the writing goroutine belongs to.
type streamWriter struct {
	rt   *runtimeState
	name string
}

func (rt *runtimeState) writer(name string) *streamWriter { return &streamWriter{rt, name} }

// Write sends text to the cell's stream.
func (w *streamWriter) Write(p []byte) (int, error) {
	if r := w.rt.mine(); r != nil {
		r.out.Stream(w.name, string(p))
	}
	return len(p), nil
}

// WriteString sends text to the cell's stream.
func (w *streamWriter) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Sync does nothing: nothing is kept back.
func (w *streamWriter) Sync() error { return nil }

// Fd is the descriptor of the process that the stream stands for.
func (w *streamWriter) Fd() uintptr {
	if w.name == Stderr {
		return os.Stderr.Fd()
	}
	return os.Stdout.Fd()
}

// stdinFeed keeps what the person typed and no cell has read.
type stdinFeed struct {
	mu   sync.Mutex
	rest string
}

// A stdinReader asks the person for a line when a cell reads.
type stdinReader struct{ rt *runtimeState }

func (rt *runtimeState) stdin() io.Reader { return stdinReader{rt} }

// Read reads what was typed, and asks for more when there is none.
func (s stdinReader) Read(p []byte) (int, error) {
	feed := &s.rt.feeding
	feed.mu.Lock()
	defer feed.mu.Unlock()
	if feed.rest == "" {
		r := s.rt.mine()
		line, err := r.out.Input(r.ctx, "", false)
		if err != nil {
			s.rt.Stop()
			return 0, io.EOF
		}
		feed.rest = line + "\n"
	}
	n := copy(p, feed.rest)
	feed.rest = feed.rest[n:]
	return n, nil
}

// ReadByte lets fmt.Scan read no further than it needs.
func (s stdinReader) ReadByte() (byte, error) {
	var b [1]byte
	_, err := s.Read(b[:])
	return b[0], err
}

// discard is an Output for what nobody sees.
type discard struct{}

func (discard) Stream(string, string)                {}
func (discard) Display(display.Bundle, string, bool) {}
func (discard) Clear(bool)                           {}
func (discard) Progress(string)                      {}
func (discard) Page(display.Bundle)                  {}
func (discard) SetNextInput(string, bool)            {}
func (discard) Input(context.Context, string, bool) (string, error) {
	return "", ErrNoInput
}
