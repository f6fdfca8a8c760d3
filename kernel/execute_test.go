package kernel_test

import (
	"fmt"
	"strings"
	"testing"

	"reprise/kernel"
	"reprise/kernel/display"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// start serves an echo kernel and connects a front end.
func start(t *testing.T) (*kerneltest.Echo, *kerneltest.Running, *kerneltest.Frontend) {
	t.Helper()
	e := kerneltest.NewEcho()
	k := kerneltest.Start(t, e, kernel.Options{Comms: map[string]kernel.CommTarget{"echo": kerneltest.EchoComm}})
	return e, k, k.Frontend()
}

func result(n int, text string) wire.ExecuteResult {
	return wire.ExecuteResult{ExecutionCount: n, Data: map[string]any{display.Text: text}, Metadata: map[string]any{}}
}

// run expects a cell that prints text and nothing else.
func run(f *kerneltest.Frontend, code string, n int, stdout string) wire.ExecuteReply {
	r := f.Shell(kerneltest.Execute(code))
	f.Busy(r)
	f.Input(r, code, n)
	f.Stdout(r, stdout)
	reply := kerneltest.ShellReply[wire.ExecuteReply](f, r)
	f.Idle(r)
	return reply
}

func TestACell(t *testing.T) {
	_, _, f := start(t)
	const code = "print a\nwarn b\nprint c\nshow d x\nupdate d y\nvalue 3\npage P\nnext N"
	q := kerneltest.Execute(code)
	q.UserExpressions = map[string]string{"good": "1", "bad": "fail"}
	r := f.Shell(q)
	f.Busy(r)
	f.Input(r, code, 1)
	f.Stdout(r, "a\n") // merging does not reorder
	f.Stderr(r, "b\n")
	f.Stdout(r, "c\n")
	x := wire.DisplayData{Data: map[string]any{display.Text: "x"}, Metadata: map[string]any{}, Transient: wire.Transient{DisplayID: "d"}}
	f.IOPub(r, x)
	x.Data = map[string]any{display.Text: "y"}
	f.IOPub(r, wire.UpdateDisplayData(x))
	f.IOPub(r, result(1, "3"))
	f.Idle(r)
	reply := kerneltest.ShellReply[wire.ExecuteReply](f, r)
	if reply.Status != wire.OK || reply.ExecutionCount != 1 || len(reply.Payload) != 2 {
		t.Fatalf("reply is %+v", reply)
	}
	if p := reply.Payload[0]; p.Source != "page" || p.Data[display.Text] != "P" || p.Start == nil || *p.Start != 0 {
		t.Errorf("page is %+v", p)
	}
	if p := reply.Payload[1]; p.Source != "set_next_input" || p.Text != "N" || p.Replace == nil || *p.Replace {
		t.Errorf("set_next_input is %+v", p)
	}
	good, bad := reply.UserExpressions["good"].(map[string]any), reply.UserExpressions["bad"].(map[string]any)
	if good["status"] != wire.OK || good["data"].(map[string]any)[display.Text] != "1" {
		t.Errorf("good is %v", good)
	}
	if bad["status"] != wire.Error || bad["ename"] != "Failed" || bad["evalue"] != "as asked" {
		t.Errorf("bad is %v", bad)
	}
}

// What a cell prints is all there, in order, before its idle, in few messages.
func TestTenThousandLinesThenIdle(t *testing.T) {
	_, _, f := start(t)
	var want strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&want, "line %d\n", i)
	}
	run(f, "lines 10000", 1, want.String())
}

func TestMergingIsInFewMessages(t *testing.T) {
	_, _, f := start(t)
	r := f.Shell(kerneltest.Execute("lines 10000"))
	streams := 0
	for _, m := range f.UntilIdle(r) {
		if m.Type() == "stream" {
			streams++
		}
	}
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
	// 118,890 bytes; a message every 50 ms, so even on a machine that needs a whole second for it there are few.
	if streams == 0 || streams > 100 {
		t.Errorf("%d stream messages", streams)
	}
}

func TestSilentShowsNothing(t *testing.T) {
	_, _, f := start(t)
	q := kerneltest.Execute("print a\nshow b c\nvalue 1\nclear\nprogress p")
	q.Silent = true
	q.UserExpressions = map[string]string{"x": "1"}
	r := f.Shell(q)
	f.Busy(r)
	f.Idle(r)
	reply := kerneltest.ShellReply[wire.ExecuteReply](f, r)
	if reply.ExecutionCount != 0 || reply.UserExpressions["x"] == nil {
		t.Errorf("reply is %+v", reply)
	}
	if got := run(f, "print 1", 1, "1\n"); got.ExecutionCount != 1 {
		t.Errorf("the cell after it has number %d; want 1", got.ExecutionCount)
	}
}

func TestUnsavedAndEmptyCellsAreNotCounted(t *testing.T) {
	_, _, f := start(t)
	run(f, "print 1", 1, "1\n")
	q := kerneltest.Execute("print 2")
	q.StoreHistory = false
	r := f.Shell(q)
	f.Busy(r)
	f.Input(r, "print 2", 1)
	f.Stdout(r, "2\n")
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
	run(f, " \n", 1, "")
	run(f, "print 3", 2, "3\n")
}

func TestFault(t *testing.T) {
	_, _, f := start(t)
	r := f.Shell(kerneltest.Execute("print a\nnonsense"))
	f.Busy(r)
	f.Input(r, "print a\nnonsense", 1)
	f.Stdout(r, "a\n")
	e := f.Error(r, "UnknownCommand")
	if all := strings.Join(e.Traceback, "\n"); !strings.Contains(all, "line 2") || !strings.Contains(all, "^") || !strings.Contains(all, "\x1b[") {
		t.Errorf("traceback has no place, caret or colour: %q", all)
	}
	f.Idle(r)
	reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r)
	if reply.Status != wire.Error || reply.EName != e.EName || reply.EValue != e.EValue || reply.ExecutionCount != 1 {
		t.Errorf("reply is %+v", reply)
	}
}

// The engine's own mistakes, even a panic, cost one cell.
func TestBrokenEngine(t *testing.T) {
	_, _, f := start(t)
	r := f.Shell(kerneltest.Execute("broken"))
	f.Busy(r)
	f.Input(r, "broken", 1)
	f.Error(r, "InternalError")
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteFailure](f, r)

	r = f.Shell(kerneltest.Execute("crash"))
	f.Busy(r)
	f.Input(r, "crash", 2)
	f.Idle(r)
	if reply := kerneltest.ShellReply[wire.Failure](f, r); reply.Status != wire.Error || !strings.Contains(reply.EValue, "crashed") {
		t.Errorf("reply is %+v", reply)
	}
	run(f, "print still here", 3, "still here\n")
}

// What cannot be written as JSON is said, not lost and not fatal.
func TestUnwritableDisplay(t *testing.T) {
	e := &unwritable{kerneltest.NewEcho()}
	f := kerneltest.Start(t, e, kernel.Options{}).Frontend()
	r := f.Shell(kerneltest.Execute("x"))
	f.Busy(r)
	f.Input(r, "x", 1)
	m := f.NextIOPub()
	if s, err := wire.Parse[wire.Stream](m); err != nil || s.Name != "stderr" || !strings.Contains(s.Text, "NaN") {
		t.Errorf("got %s %+v", m.Type(), s)
	}
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
}

func TestPartOfACharacter(t *testing.T) {
	f := kerneltest.Start(t, &halves{kerneltest.NewEcho()}, kernel.Options{}).Frontend()
	r := f.Shell(kerneltest.Execute("x"))
	f.Busy(r)
	f.Input(r, "x", 1)
	f.Stdout(r, "世界\ufffd") // the last is cut for good
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
}
