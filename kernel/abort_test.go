package kernel_test

import (
	"testing"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// aborted expects a cell that is not run because one before it failed.
func aborted(t *testing.T, f *kerneltest.Frontend, r *wire.Message) {
	t.Helper()
	f.Busy(r)
	f.Idle(r)
	if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.Status != wire.Aborted {
		t.Errorf("status is %s; want aborted", reply.Status)
	}
}

func failed(f *kerneltest.Frontend, r *wire.Message, code string, n int, name string) {
	f.Busy(r)
	f.Input(r, code, n)
	f.Error(r, name)
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteFailure](f, r)
}

// Cells that wait behind one that fails are aborted, in order; other requests among them are answered.
func TestAbortOrder(t *testing.T) {
	e, _, f := start(t)
	first := f.Shell(kerneltest.Execute("hold\nfail x"))
	second := f.Shell(kerneltest.Execute("print 2"))
	info := f.Shell(wire.KernelInfoRequest{})
	third := f.Shell(kerneltest.Execute("print 3"))
	<-e.Started
	e.Release()
	failed(f, first, "hold\nfail x", 1, "Failed")
	aborted(t, f, second)
	f.Busy(info)
	f.Idle(info)
	kerneltest.ShellReply[wire.KernelInfoReply](f, info)
	aborted(t, f, third)
	run(f, "print 4", 2, "4\n") // sent after the failure was seen
}

// Three cells sent in one breath, of which the first fails at once: the other
// two are aborted, however far they had come.
func TestAbortOfWhatIsUnderWay(t *testing.T) {
	_, _, f := start(t)
	first := f.Shell(kerneltest.Execute("fail x"))
	f.Busy(first)
	f.Input(first, "fail x", 1)
	f.Error(first, "Failed") // it has failed; the client has not read that yet
	second := f.Shell(kerneltest.Execute("print 2"))
	third := f.Shell(kerneltest.Execute("print 3"))
	f.Idle(first)
	kerneltest.ShellReply[wire.ExecuteFailure](f, first)
	aborted(t, f, second)
	aborted(t, f, third)
	run(f, "print 4", 2, "4\n") // sent after the reply
}

func TestStopOnErrorFalse(t *testing.T) {
	e, _, f := start(t)
	q := kerneltest.Execute("hold\nfail x")
	q.StopOnError = false
	first := f.Shell(q)
	second := f.Shell(kerneltest.Execute("print 2"))
	<-e.Started
	e.Release()
	failed(f, first, q.Code, 1, "Failed")
	f.Busy(second)
	f.Input(second, "print 2", 2)
	f.Stdout(second, "2\n")
	f.Idle(second)
	kerneltest.ShellReply[wire.ExecuteReply](f, second)
}
