package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// echo answers the call of a child.
func echo(request json.RawMessage) (json.RawMessage, error) {
	if string(request) == `"refuse"` {
		return nil, errors.New("not today")
	}
	return request, nil
}

// A tape is an Output that remembers, and says when a text has come.
type tape struct {
	mu      sync.Mutex
	changed sync.Cond
	text    strings.Builder // "out:" and "err:" before pieces that change the stream
	last    string
	shown   []display.Bundle
	line    string // of progress
	answer  func(prompt string) (string, error)
}

func newTape() *tape {
	t := &tape{}
	t.changed.L = &t.mu
	return t
}

func (t *tape) Stream(name, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if name != t.last {
		t.text.WriteString("[" + strings.TrimPrefix(name, "std") + "]")
		t.last = name
	}
	t.text.WriteString(text)
	t.changed.Broadcast()
}

func (t *tape) Display(b display.Bundle, id string, update bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shown = append(t.shown, b)
	t.text.WriteString(fmt.Sprintf("[display %s %v]", id, update))
	t.last = ""
}

func (t *tape) Clear(bool)                {}
func (t *tape) Page(display.Bundle)       {}
func (t *tape) SetNextInput(string, bool) {}

func (t *tape) Progress(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.line = line
}

func (t *tape) Input(ctx context.Context, prompt string, password bool) (string, error) {
	if t.answer == nil {
		return "", engine.ErrNoInput
	}
	if !password {
		return "", errors.New("password got lost")
	}
	return t.answer(prompt)
}

func (t *tape) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// await waits for a text; the test's own deadline ends it.
func (t *tape) await(want string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for !strings.Contains(t.text.String(), want) {
		t.changed.Wait()
	}
}

func start(t testing.TB) *Worker {
	t.Helper()
	w, err := Start(t.Context(), Options{Env: []string{childVar + "=yes"}, Answer: echo})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func cellRun(t testing.TB, w *Worker, source string) (string, *tape, error) {
	t.Helper()
	out := newTape()
	o, err := w.Run(t.Context(), engine.Cell{Name: "cell [" + source + "]", Source: source}, out)
	value := ""
	if o.Value != nil {
		value = o.Value.Data[display.Text].(string)
	}
	return value, out, err
}

func TestOrder(t *testing.T) {
	w := start(t)
	for _, c := range []struct{ source, want string }{
		{"", ""},
		{"print a\nwarn b\ndisplay c\nprint d", "[out]a\n[err]b\n[display id1 true][out]d\n"},
		{"raw a\nraw b", "[out]a\nb\n"},
		{"rawerr panic: not really\nrawerr b", "[err]panic: not really\nb\n"},
		{"bytes", "[err]between\n[out]é"},
		{"unshowable x", "[display  false]"},
	} {
		if _, out, err := cellRun(t, w, c.source); err != nil || out.String() != c.want {
			t.Errorf("%q wrote %q (%v), want %q", c.source, out, err, c.want)
		}
	}
}

func TestBundle(t *testing.T) {
	_, out, err := cellRun(t, start(t), "display x<y")
	if err != nil {
		t.Fatal(err)
	}
	data := out.shown[0].Data
	if data[display.Text] != "x<y" || fmt.Sprint(data[display.JSON]) != "map[n:1152921504606846976]" {
		t.Errorf("bundle is %v", data)
	}
}

// Nothing is lost or torn apart, from any side, when much is written.
func TestMuchOutput(t *testing.T) {
	const n = 100_000
	w := start(t)
	var want strings.Builder
	for i := range n {
		fmt.Fprintf(&want, "line %d\n", i)
	}
	if _, out, err := cellRun(t, w, fmt.Sprint("lines ", n)); err != nil || out.String() != "[out]"+want.String() {
		t.Errorf("%d bytes came, want %d (%v)", len(out.String()), want.Len()+5, err)
	}
	_, out, err := cellRun(t, w, "rawlines 20000")
	if got := strings.Count(out.String(), "\n"); err != nil || got != 20000 {
		t.Errorf("%d raw lines came, want 20000 (%v)", got, err)
	}
}

func TestErrors(t *testing.T) {
	w := start(t)
	_, _, err := cellRun(t, w, "fault oh")
	var f *engine.Fault
	if !errors.As(err, &f) || f.Name != "Panic" || f.Message != "oh" || len(f.Places) != 1 || f.Places[0].Line != 2 {
		t.Errorf("fault came as %#v", err)
	}
	if _, _, err = cellRun(t, w, "error ours"); err == nil || err.Error() != "ours" || errors.As(err, new(*engine.Fault)) {
		t.Errorf("error came as %#v", err)
	}
	if v, _, err := cellRun(t, w, "count"); v != "1" || err != nil {
		t.Errorf("the worker is not the same any more: %s, %v", v, err)
	}
}

func TestRequests(t *testing.T) {
	w := start(t)
	c, err := w.Complete(t.Context(), "ab", 2)
	if err != nil || c.End != 2 || len(c.Matches) != 1 || c.Matches[0].Text != "ab!" {
		t.Errorf("completion %v, %v", c, err)
	}
	b, found, err := w.Inspect(t.Context(), "ab", 2, 1)
	if err != nil || !found || b.Data[display.Text] != "ab2 1" {
		t.Errorf("inspection %v, %v, %v", b, found, err)
	}
	if _, err = w.Expr(t.Context(), "x"); !errors.As(err, new(*engine.Fault)) {
		t.Errorf("expression: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = w.Complete(ctx, "ab", 2); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled completion: %v", err)
	}
}

// Requests are answered while a cell runs, and while nobody takes its output.
func TestRequestsMeanwhile(t *testing.T) {
	w := start(t)
	out := newTape()
	done := make(chan error, 1)
	go func() {
		_, err := w.Run(t.Context(), engine.Cell{Source: "lines 300000\nwait"}, out)
		done <- err
	}()
	out.await("line 0\n")
	out.mu.Lock() // Stream blocks from here on
	if _, err := w.Complete(t.Context(), "ab", 2); err != nil {
		t.Error(err)
	}
	out.mu.Unlock()
	out.await("waiting")
	w.Interrupt()
	if err := <-done; err == nil {
		t.Error("the interrupted cell succeeded")
	}
}

func TestInput(t *testing.T) {
	w := start(t)
	out := newTape()
	out.answer = func(prompt string) (string, error) { return prompt + "!", nil }
	o, err := w.Run(t.Context(), engine.Cell{Source: "input name"}, out)
	if err != nil || o.Value.Data[display.Text] != "got name!" {
		t.Errorf("%v, %v", o, err)
	}
	if _, _, err := cellRun(t, w, "input name"); err == nil || err.Error() != engine.ErrNoInput.Error() {
		t.Errorf("without a person: %v", err)
	}
}

func TestInterrupt(t *testing.T) {
	w := start(t)
	w.Interrupt() // nothing runs: nothing happens
	for range 3 {
		out, done := newTape(), make(chan error, 1)
		go func() {
			_, err := w.Run(t.Context(), engine.Cell{Source: "wait"}, out)
			done <- err
		}()
		out.await("waiting")
		w.Interrupt()
		var f *engine.Fault
		if err := <-done; !errors.As(err, &f) || f.Name != "Interrupted" {
			t.Errorf("interrupted cell: %v", err)
		}
	}
	if v, _, err := cellRun(t, w, "count"); v != "1" || err != nil {
		t.Errorf("the state is lost: %s, %v", v, err)
	}
}

func TestInterruptWhileInput(t *testing.T) {
	w := start(t)
	out, done, asked := newTape(), make(chan error, 1), make(chan struct{})
	release := make(chan struct{})
	defer close(release)
	out.answer = func(string) (string, error) { close(asked); <-release; return "", nil }
	go func() {
		_, err := w.Run(t.Context(), engine.Cell{Source: "input name"}, out)
		done <- err
	}()
	<-asked
	w.Interrupt()
	if err := <-done; err == nil || err.Error() != context.Canceled.Error() {
		t.Errorf("interrupted question: %v", err)
	}
}

// A worker that obeys nothing is replaced by the second interrupt, not by one that comes at once.
func TestSecondInterrupt(t *testing.T) {
	w := start(t)
	out, done := newTape(), make(chan error, 1)
	go func() {
		_, err := w.Run(t.Context(), engine.Cell{Source: "spin"}, out)
		done <- err
	}()
	out.await("spinning")
	w.Interrupt()
	w.Interrupt()
	select {
	case err := <-done:
		t.Fatalf("a second interrupt at once ended the worker: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	w.mu.Lock()
	w.interrupted = w.interrupted.Add(-patience) // as if it were that long ago
	w.mu.Unlock()
	w.Interrupt()
	var f *engine.Fault
	if err := <-done; !errors.As(err, &f) || f.Name != Died || !strings.Contains(f.Message, "did not obey an interrupt") {
		t.Errorf("replaced worker: %v", err)
	}
	if v, _, err := cellRun(t, w, "count"); v != "1" || err != nil {
		t.Errorf("fresh worker: %s, %v", v, err)
	}
}

func TestContextEnds(t *testing.T) {
	w := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	out, done := newTape(), make(chan error, 1)
	go func() {
		_, err := w.Run(ctx, engine.Cell{Source: "wait"}, out)
		done <- err
	}()
	out.await("waiting")
	cancel()
	var f *engine.Fault
	if err := <-done; !errors.As(err, &f) || f.Name != "Interrupted" {
		t.Errorf("cell without a context: %v", err)
	}
}

type death struct{ source, want string }

func TestDeaths(t *testing.T) {
	w := start(t)
	for _, c := range append(plainDeaths, []death{
		{"exit 3", "exit status 3"},
		{"kill", "killed from outside"},
		{"overflow", "stack overflow"},
		{"goroutine boom", "panic: boom"},
		{"closestdout\nexit 4", "exit status 4"},
	}...) {
		if v, _, err := cellRun(t, w, "print before\nraw too\ncount"); v != "1" || err != nil {
			t.Fatalf("before %s: the worker is not fresh: %s, %v", c.source, v, err)
		}
		_, out, err := cellRun(t, w, "print before\nraw too\n"+c.source)
		var f *engine.Fault
		if !errors.As(err, &f) || f.Name != Died || !strings.Contains(f.Message, c.want) {
			t.Errorf("%s: %v, want %q", c.source, err, c.want)
			continue
		}
		if !strings.Contains(strings.Join(f.Notes, "\n"), "%replay") {
			t.Errorf("%s: notes do not offer %%replay: %q", c.source, f.Notes)
		}
		if s := out.String(); !strings.Contains(s, "before\n") || !strings.Contains(s, "too\n") || strings.Contains(s, "goroutine") {
			t.Errorf("%s: output is %q", c.source, s)
		}
	}
}

// A worker that dies between cells is reported by the next cell, which does not run.
func TestDiesIdle(t *testing.T) {
	w := start(t)
	if _, _, err := cellRun(t, w, "diewhenidle"); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	ch := w.child
	w.mu.Unlock()
	if _, err := w.Complete(t.Context(), "release", 0); err != nil && !strings.Contains(err.Error(), "ended") {
		t.Fatal(err)
	}
	<-ch.gone
	_, out, err := cellRun(t, w, "print x")
	var f *engine.Fault
	if !errors.As(err, &f) || f.Name != Died || !strings.Contains(strings.Join(f.Notes, "\n"), "not been run") || out.String() != "" {
		t.Errorf("%v, output %q", err, out)
	}
	if v, _, err := cellRun(t, w, "count"); v != "1" || err != nil {
		t.Errorf("fresh worker: %s, %v", v, err)
	}
}

// What a goroutine of an ended cell prints belongs to that cell.
func TestLate(t *testing.T) {
	w := start(t)
	_, first, err := cellRun(t, w, "late bird")
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := cellRun(t, w, "print second\nrelease")
	if err != nil {
		t.Fatal(err)
	}
	first.await("late bird")
	if second.String() != "[out]second\n" {
		t.Errorf("second cell shows %q", second)
	}
}

func TestReplay(t *testing.T) {
	w := start(t)
	if _, _, err := cellRun(t, w, "%replay"); err == nil || !strings.Contains(err.Error(), "nothing to replay") {
		t.Errorf("empty replay: %v", err)
	}
	asked := newTape()
	asked.answer = func(string) (string, error) { return "Ada", nil }
	if _, err := w.Run(t.Context(), engine.Cell{Name: "cell [1]", Source: "input who\nprint x"}, asked); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"count", "count\ndisplay d", "random", "fault no", "exit 1"} {
		_, _, _ = cellRun(t, w, s) // two of them fail
	}
	_, out, err := cellRun(t, w, "%replay")
	if err != nil || !strings.HasPrefix(out.String(), "[out]replayed 4 cells in ") || !strings.HasSuffix(out.String(), " s, identical\n") {
		t.Errorf("replay: %q, %v", out, err)
	}
	if v, _, err := cellRun(t, w, "count"); v != "3" || err != nil {
		t.Errorf("after the replay: count %s, %v", v, err)
	}
	if _, _, err := cellRun(t, w, "clock"); err != nil {
		t.Fatal(err)
	}
	_, out, err = cellRun(t, w, " %replay \n")
	if err != nil || !strings.Contains(out.String(), "5 identical; different output: cell [clock]\n") {
		t.Errorf("replay of a clock: %q, %v", out, err)
	}
}

func TestStartFails(t *testing.T) {
	for env, want := range map[string]string{"broken": "no engine today", "": ""} {
		o := Options{Env: []string{childVar + "=" + env}}
		if env == "" {
			o, want = Options{Path: "/does/not/exist"}, "start /does/not/exist"
		}
		if _, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Start with %q: %v", env, err)
		}
	}
}

// The child leaves when the front process's end of the control pipe closes, even in the middle of a cell.
func TestParentGone(t *testing.T) {
	w := start(t)
	out, done := newTape(), make(chan error, 1)
	go func() {
		_, err := w.Run(t.Context(), engine.Cell{Source: "spin"}, out)
		done <- err
	}()
	out.await("spinning")
	w.mu.Lock()
	ch := w.child
	w.mu.Unlock()
	ch.toChild.Close() // as the kernel would do for a dead front process
	<-ch.gone
	if err := <-done; err == nil {
		t.Error("the cell succeeded")
	}
}

// A closed worker leaves neither a process nor a goroutine.
func TestNoLeak(t *testing.T) {
	before := goroutines()
	w, err := Start(t.Context(), Options{Env: []string{childVar + "=yes"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := cellRun(t, w, "print x\nexit 1"); err == nil {
		t.Error("no fault")
	}
	if _, _, err := cellRun(t, w, "print x"); err != nil {
		t.Error(err)
	}
	w.mu.Lock()
	ch := w.child
	w.mu.Unlock()
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := ch.cmd.Process.Signal(os.Interrupt); !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("the process still is: %v", err)
	}
	if _, _, err := cellRun(t, w, "print x"); !errors.Is(err, errClosed) {
		t.Errorf("run after close: %v", err)
	}
	for d := time.Now().Add(5 * time.Second); goroutines() > before; runtime.Gosched() {
		if time.Now().After(d) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before:\n%s", goroutines(), before, buf[:runtime.Stack(buf, true)])
		}
	}
}

func goroutines() int { return runtime.NumGoroutine() }

func BenchmarkLines(b *testing.B) {
	w := start(b)
	const n = 100_000
	for b.Loop() {
		if _, _, err := cellRun(b, w, fmt.Sprint("lines ", n)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkRoundTrip(b *testing.B) {
	w := start(b)
	for b.Loop() {
		if _, _, err := cellRun(b, w, "count"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheEngineCallsTheProgramThatStartedIt(t *testing.T) {
	w := start(t)
	out := newTape()
	o, err := w.Run(t.Context(), engine.Cell{Source: "call something\nprint after"}, out)
	if err != nil || o.Value == nil || o.Value.Data[display.Text] != "something" {
		t.Errorf("%+v, %v", o, err)
	}
	if out.String() != "[out]before\nafter\n" {
		t.Errorf("shown: %q", out)
	}
	if _, err := w.Run(t.Context(), engine.Cell{Source: "call refuse"}, out); err == nil || err.Error() != "not today" {
		t.Errorf("a refused call gave %v", err)
	}
}
