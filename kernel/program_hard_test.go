package kernel_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"reprise/kernel"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// forever is a cell that says when it runs, and runs until it is stopped.
const forever = "fmt.Println(\"begun\")\nfor {\n}"

// begin starts the cell forever and waits until it runs.
func begin(f *kerneltest.Frontend) *wire.Message {
	r := f.Shell(kerneltest.Execute(forever))
	f.Busy(r)
	if m := f.NextIOPub(); m.Type() != "execute_input" {
		panic("before a cell's output comes " + m.Type())
	}
	f.Stdout(r, "begun\n")
	return r
}

// value runs a cell and gives its value as text; "" if it has none.
func value(t *testing.T, f *kerneltest.Frontend, code string) (text string) {
	t.Helper()
	r := f.Shell(kerneltest.Execute(code))
	for _, m := range f.UntilIdle(r) {
		if v, err := wire.Parse[wire.ExecuteResult](m); err == nil && m.Type() == "execute_result" {
			text = fmt.Sprint(v.Data["text/plain"])
		}
	}
	if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.Status != wire.OK {
		t.Fatalf("cell %q: %s: %s", code, reply.EName, reply.EValue)
	}
	return text
}

func number(t *testing.T, f *kerneltest.Frontend, code string) int {
	t.Helper()
	n, err := strconv.Atoi(value(t, f, code))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// kill -9 of the worker in the middle of a cell: the cell fails and says so, the kernel and its next cell do not care.
func TestWorkerIsKilledMidCell(t *testing.T) {
	p := launch(t)
	f := p.Frontend(t)
	worker := number(t, f, "os.Getpid()")
	if worker == p.Process.Process.Pid {
		t.Fatal("cells run in the kernel's own process")
	}
	r := begin(f)
	process, err := os.FindProcess(worker)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	outputs := f.UntilEnd(r)
	if e, _ := wire.Parse[wire.ErrorOutput](outputs[len(outputs)-1]); e.EName != "WorkerDied" || len(e.Traceback) == 0 {
		t.Errorf("the cell ends with %+v; want WorkerDied", e)
	}
	if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.Status != wire.Error || reply.EName != "WorkerDied" {
		t.Errorf("reply is %+v", reply)
	}
	if got := value(t, f, "1 + 1"); got != "2" {
		t.Errorf("the next cell gives %q; want 2", got)
	}
	if number(t, f, "os.Getpid()") == worker {
		t.Error("the worker is the one that was killed")
	}
}

func TestControlWhileTheProgramIsBusy(t *testing.T) {
	f := launch(t).Frontend(t)
	r := begin(f)
	info := f.Control(wire.KernelInfoRequest{})
	if reply := kerneltest.ControlReply[wire.KernelInfoReply](f, info); reply.Status != wire.OK {
		t.Errorf("reply is %+v", reply)
	}
	f.Busy(info)
	f.Idle(info)
	stop := f.Control(wire.InterruptRequest{})
	kerneltest.ControlReply[wire.InterruptReply](f, stop)
	if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, r); reply.Status != wire.Error {
		t.Errorf("the cell's reply is %+v", reply)
	}
	f.UntilIdles(r, stop)
	if got := value(t, f, "1 + 1"); got != "2" {
		t.Errorf("the next cell gives %q; want 2", got)
	}
}

func TestShutdownWhileTheProgramIsBusy(t *testing.T) {
	p := launch(t)
	f := p.Frontend(t)
	begin(f)
	stop := f.Control(wire.ShutdownRequest{})
	if reply := kerneltest.ControlReply[wire.ShutdownReply](f, stop); reply.Status != wire.OK {
		t.Errorf("reply is %+v", reply)
	}
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d; want 0", code)
	}
	f.Disconnect()
}

// A thousand peers that connect and say nothing harm nobody.
func TestAThousandSilentPeers(t *testing.T) {
	p := launch(t)
	before := p.Frontend(t)
	value(t, before, "1")
	for i := range 1000 {
		port := []int{p.Connection.ShellPort, p.Connection.IOPubPort, p.Connection.ControlPort, p.Connection.HBPort}[i%4]
		c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	after := p.Frontend(t)
	for _, f := range []*kerneltest.Frontend{before, after} {
		r := f.Shell(kerneltest.Execute("1 + 1"))
		for _, both := range []*kerneltest.Frontend{before, after} {
			both.UntilIdle(r)
		}
		if reply := kerneltest.ShellReply[wire.ExecuteReply](f, r); reply.Status != wire.OK {
			t.Errorf("reply is %+v", reply)
		}
	}
}

// Lines that cannot be merged, to a reader that sleeps: the cell waits, memory
// is bounded, control is answered, and after waking up all lines are there.
func TestSleepingReaderOfTheProgram(t *testing.T) {
	p := launch(t)
	awake := p.Frontend(t)
	value(t, awake, "1")
	gate := openGate(t, p.Connection.IOPubPort)
	through := p.Connection
	through.IOPubPort = gate.port
	sleeper := kerneltest.ConnectZMQ(t, through)
	gate.shut()
	memory := kernel.MemoryOf(p.Process.Process.Pid)

	const lines = 20_000
	filler := strings.Repeat("x", 400) // all that the system buffers on the way is some 10 MB
	r := awake.Shell(kerneltest.Execute(fmt.Sprintf("for i := range %d {\n\tfmt.Println(i, %q)\n\tfmt.Fprintln(os.Stderr, i, %[2]q)\n}", lines, filler)))
	early := awake.UntilQuiet(time.Second) // nothing for that long: the cell stands still
	if n := len(early); n == 0 || isIdle(early[n-1]) {
		t.Fatalf("%d messages came and the cell has ended, though one reader sleeps: output is kept without bound or dropped", n)
	}
	info := awake.Control(wire.KernelInfoRequest{})
	kerneltest.ControlReply[wire.KernelInfoReply](awake, info)
	if grown := kernel.MemoryOf(p.Process.Process.Pid) - memory; grown > 64<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
	gate.open()
	if n := countLines(early) + countLines(awake.UntilEnd(r)); n != 2*lines {
		t.Errorf("%d lines reached the reader that was awake; want %d", n, 2*lines)
	}
	if n := countLines(sleeper.UntilEnd(r)); n != 2*lines {
		t.Errorf("%d lines reached the reader that slept; want %d", n, 2*lines)
	}
	kerneltest.ShellReply[wire.ExecuteReply](awake, r)
	awake.Disconnect()
	sleeper.Disconnect()
}

func isIdle(m *wire.Message) bool {
	s, err := wire.Parse[wire.Status](m)
	return err == nil && m.Type() == "status" && s.ExecutionState == wire.Idle
}

func countLines(messages []*wire.Message) (n int) {
	for _, m := range messages {
		if s, err := wire.Parse[wire.Stream](m); err == nil && m.Type() == "stream" {
			n += strings.Count(s.Text, "\n")
		}
	}
	return n
}

// In this process the kernel's own goroutines can be counted.
func TestCellsLeaveNoGoroutines(t *testing.T) {
	_, _, f := start(t)
	run(f, "print x", 1, "x\n")
	before := runtime.NumGoroutine()
	for n := range 10_000 {
		run(f, "print x", n+2, "x\n")
	}
	if now := runtime.NumGoroutine(); now > before+2 { // timers of the last cell may still run
		t.Errorf("%d goroutines after 10,000 cells; were %d", now, before)
	}
}

// A gate is a TCP relay to a port of the kernel that can be shut for what comes from there.
type gate struct {
	port    int
	passing chan bool // taken by the relay before each piece, and given back
}

func openGate(t *testing.T, to int) *gate {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{port: l.Addr().(*net.TCPAddr).Port, passing: make(chan bool, 1)}
	g.open()
	far, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(to)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); far.Close() })
	go func() {
		near, err := l.Accept()
		if err != nil {
			return
		}
		defer near.Close()
		go io.Copy(far, near)
		piece := make([]byte, 4096)
		for {
			n, err := far.Read(piece)
			if err != nil {
				return
			}
			<-g.passing
			g.passing <- true
			near.Write(piece[:n])
		}
	}()
	return g
}

func (g *gate) open() { g.passing <- true }
func (g *gate) shut() { <-g.passing }
