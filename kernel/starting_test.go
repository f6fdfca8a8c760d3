package kernel_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"reprise/kernel"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// While the engine is being made, the kernel says who it is; a cell waits, and can be interrupted.
func TestStarting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := make(chan error)
		e := kernel.Starting(func() (kernel.Engine, error) { return kerneltest.NewEcho(), <-begin })
		f := kerneltest.Start(t, e, kernel.Options{}).Frontend()
		ask[wire.KernelInfoReply](f, wire.KernelInfoRequest{})

		r := f.Shell(kerneltest.Execute("print early"))
		f.Busy(r)
		f.Input(r, "print early", 1)
		synctest.Wait() // the cell waits for the engine
		stop := f.Control(wire.InterruptRequest{})
		kerneltest.ControlReply[wire.InterruptReply](f, stop)
		if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.EName != "Interrupted" {
			t.Errorf("reply is %+v", reply)
		}
		for range 4 { // busy and idle of the interrupt; error and idle of the cell
			f.NextIOPub()
		}
		begin <- nil
		run(f, "print on", 2, "on\n")
	})
}

func TestStartingFails(t *testing.T) {
	e := kernel.Starting(func() (kernel.Engine, error) { return nil, errors.New("no such worker") })
	f := kerneltest.Start(t, e, kernel.Options{}).Frontend()
	r := f.Shell(kerneltest.Execute("x"))
	f.Busy(r)
	f.Input(r, "x", 1)
	if got := f.Error(r, "InternalError"); got.EValue != "no such worker" {
		t.Errorf("error is %+v", got)
	}
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteFailure](f, r)
}
