package kernel_test

import (
	"testing"
	"testing/synctest"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

func TestInput(t *testing.T) {
	_, _, f := start(t)
	const code = "print before\nask Name?\npassword Word?"
	r := f.Shell(kerneltest.Execute(code))
	f.Busy(r)
	f.Input(r, code, 1)
	if q := f.StdinRequest(r); q.Prompt != "Name?" || q.Password {
		t.Errorf("asked %+v", q)
	}
	f.Stdout(r, "before\n") // printed before the question, so there before it is answered
	f.Stdin(wire.InputReply{Value: "Ada"})
	if q := f.StdinRequest(r); q.Prompt != "Word?" || !q.Password {
		t.Errorf("asked %+v", q)
	}
	f.Stdin(wire.InputReply{Value: "secret"})
	f.Stdout(r, "Ada\nsecret\n")
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
}

func TestInputNotAllowed(t *testing.T) {
	_, _, f := start(t)
	q := kerneltest.Execute("ask Name?")
	q.AllowStdin = false
	r := f.Shell(q)
	failed(f, r, q.Code, 1, "NoInput")
}

// An interrupt ends the question; an answer that comes too late is not kept for the next one.
func TestInputInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, _, f := start(t)
		r := f.Shell(kerneltest.Execute("ask one"))
		f.Busy(r)
		f.Input(r, "ask one", 1)
		f.StdinRequest(r)
		stop := f.Control(wire.InterruptRequest{})
		kerneltest.ControlReply[wire.InterruptReply](f, stop)
		if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.EName != "NoInput" {
			t.Errorf("reply is %+v", reply)
		}
		for range 4 { // busy and idle of the interrupt; error and idle of the cell
			f.NextIOPub()
		}
		f.Stdin(wire.InputReply{Value: "late"})
		synctest.Wait() // the kernel has read it

		r = f.Shell(kerneltest.Execute("ask two"))
		f.Busy(r)
		f.Input(r, "ask two", 2)
		f.StdinRequest(r)
		f.Stdin(wire.InputReply{Value: "right"})
		f.Stdout(r, "right\n")
		f.Idle(r)
		kerneltest.ShellReply[wire.ExecuteReply](f, r)
	})
}
