package kerneltest

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"reprise/kernel"
	"reprise/kernel/wire"
)

// A Running kernel, in this process and over memory.
type Running struct {
	Kernel *kernel.Kernel
	Memory *Memory
	Key    string
	ended  chan error
	t      testing.TB
}

// Start serves a kernel until the test ends.
func Start(t testing.TB, e kernel.Engine, o kernel.Options) *Running {
	t.Helper()
	const key = "a-key-for-tests"
	codec := wire.NewCodec(key)
	m := NewMemory(kernel.Welcome(codec, wire.NewSession("kernel")))
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	r := &Running{Kernel: kernel.New(e, m.Channels(), codec, o), Memory: m, Key: key, ended: make(chan error, 1), t: t}
	ctx, cancel := context.WithCancel(context.Background())
	go func() { r.ended <- r.Kernel.Serve(ctx) }()
	t.Cleanup(func() { cancel(); r.wait() })
	return r
}

// Frontend connects a front end.
func (r *Running) Frontend() *Frontend {
	r.t.Helper()
	return NewFrontend(r.t, r.Memory.Dial(), r.Key)
}

// Wait waits for the end of Serve and gives its error.
func (r *Running) Wait() error {
	r.t.Helper()
	err := r.wait()
	return err
}

func (r *Running) wait() error {
	r.t.Helper()
	select {
	case err := <-r.ended:
		r.ended <- err
		return err
	case <-time.After(patience):
		r.t.Error("the kernel did not end")
		return context.DeadlineExceeded
	}
}
