package kernel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"reprise/kernel/wire"
)

// Main is the life of a kernel process: it reads the connection file, binds,
// and serves until a client, a signal, ctx or the end of the parent process
// ends it. Interrupts (SIGINT) stop the running cell, as interrupt_request does.
func Main(ctx context.Context, connectionFile string, e Engine, o Options) error {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	c, err := wire.ReadConnection(connectionFile)
	if err != nil {
		return errors.Join(err, e.Close())
	}
	if c.Key == "" {
		o.Log.Warn("kernel: the connection file has no key; whoever can reach the ports can run code")
	}
	codec := wire.NewCodec(c.Key)
	ch, c, err := Listen(c, codec, o.Log)
	if err != nil {
		return errors.Join(err, e.Close())
	}
	if err := register(ctx, c, codec); err != nil {
		return errors.Join(err, e.Close(), ch.close())
	}
	k := New(e, ch, codec, o)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	go k.obey(ctx, signals, stop)
	go func() {
		if waitForParent(ctx) {
			stop(errOrphan)
		}
	}()
	err = k.Serve(ctx)
	if errors.Is(err, errOrphan) || errors.Is(err, errTerminated) {
		return nil // both are ways to end a kernel, not faults
	}
	return err
}

var (
	errOrphan     = errors.New("kernel: the process that started this kernel has ended")
	errTerminated = errors.New("kernel: terminated by a signal")
)

// obey interrupts the cell on SIGINT and ends the kernel on SIGTERM.
func (k *Kernel) obey(ctx context.Context, signals <-chan os.Signal, stop context.CancelCauseFunc) {
	for {
		select {
		case s := <-signals:
			if s != os.Interrupt {
				stop(fmt.Errorf("%w (%v)", errTerminated, s))
				return
			}
			k.Interrupt()
		case <-ctx.Done():
			return
		}
	}
}
