package kerneltest_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"reprise/kernel"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

func TestConformanceInMemory(t *testing.T) {
	k := kerneltest.Start(t, kerneltest.NewEcho(), kernel.Options{Info: kernel.Info{Version: "1", GoVersion: "1"}})
	connect := func(t *testing.T) *kerneltest.Frontend {
		return kerneltest.NewFrontend(t, k.Memory.Dial(), k.Key)
	}
	kerneltest.Conformance(t, connect, kerneltest.EchoSnippets)
	if err := k.Wait(); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// The same over our sockets and another's ZeroMQ library.
func TestConformanceOverZMQ(t *testing.T) {
	c, ended := serveZMQ(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	connect := func(t *testing.T) *kerneltest.Frontend {
		client, err := kerneltest.DialZMQ(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return kerneltest.NewFrontend(t, client, c.Key)
	}
	kerneltest.Conformance(t, connect, kerneltest.EchoSnippets)
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// serveZMQ serves an echo kernel on free ports.
func serveZMQ(t *testing.T) (wire.Connection, <-chan error) {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	codec := wire.NewCodec("over-zmq")
	ch, c, err := kernel.Listen(wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: "over-zmq"}, codec, quiet)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	k := kernel.New(kerneltest.NewEcho(), ch, codec, kernel.Options{Log: quiet, Info: kernel.Info{Version: "1", GoVersion: "1"}})
	ended := make(chan error, 1)
	go func() { ended <- k.Serve(ctx) }()
	t.Cleanup(cancel)
	return c, ended
}
