package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"reprise/kernel/engine"
)

// waits are cells that do not end by themselves. Each prints "ready" when it is about to wait.
var waits = map[string]string{
	"loop":            `fmt.Println("ready"); for { n++ }`,
	"loop in func":    `func spin() { for i := 0; ; i++ { n = i } }` + "\n" + `fmt.Println("ready"); spin()`,
	"range over int":  `fmt.Println("ready"); for i := range 1 << 60 { n = i }`,
	"recursion":       `func rec(k int) int { if k == 0 { return 1 }; return rec(k-1) + rec(k-1) }` + "\n" + `fmt.Println("ready"); rec(60)`,
	"sleep":           `fmt.Println("ready"); time.Sleep(time.Hour)`,
	"receive":         `ch := make(chan int)` + "\n" + `fmt.Println("ready"); <-ch`,
	"nil channel":     `var none chan int` + "\n" + `fmt.Println("ready"); <-none`,
	"send":            `ch := make(chan int)` + "\n" + `fmt.Println("ready"); ch <- 1`,
	"range over chan": `ch := make(chan int)` + "\n" + `fmt.Println("ready"); for v := range ch { n = v }`,
	"select":          `ch := make(chan int)` + "\n" + `fmt.Println("ready"); select { case v := <-ch: n = v; case <-time.After(time.Hour): }`,
	"empty select":    `fmt.Println("ready"); select {}`,
	"wait group":      `var alone sync.WaitGroup; alone.Add(1)` + "\n" + `fmt.Println("ready"); alone.Wait()`,
	"mutex":           `var mu sync.Mutex; mu.Lock()` + "\n" + `fmt.Println("ready"); mu.Lock()`,
	"cond":            `var mc sync.Mutex; cond := sync.NewCond(&mc)` + "\n" + `func() { mc.Lock(); defer mc.Unlock(); fmt.Println("ready"); cond.Wait() }()`,
	"callback":        `fmt.Println("ready"); sort.Search(10, func(int) bool { for { n++ } })`,
	"goroutines":      `var wg sync.WaitGroup; wg.Add(2); for range 2 { go func() { defer wg.Done(); for { time.Sleep(time.Millisecond) } }() }` + "\n" + `fmt.Println("ready"); wg.Wait()`,
	"recover":         `fmt.Println("ready"); func() { defer func() { recover() }(); for { n++ } }(); for { n++ }`,
	"goto":            `fmt.Println("ready"); func() { again: n++; goto again }()`,
	"leaf in a loop":  `func leaf() { n++ }` + "\n" + `fmt.Println("ready"); for { for range 900 { n++ }; leaf() }`,
	"short loops":     `fmt.Println("ready"); for { for i := 0; i < 999; i++ { n += i } }`,
	"closures":        `var down func(k int) int; down = func(k int) int { if k == 0 { return 1 }; return down(k-1) + down(k-1) }` + "\n" + `fmt.Println("ready"); down(60)`,
	"range over func": `fmt.Println("ready"); for i := range func(yield func(int) bool) { for { if !yield(1) { return } } } { n = i }`,
}

// watch is an Output that tells when the cell is ready.
type watch struct {
	recorder
	ready chan struct{}
}

func (w *watch) Stream(name, text string) {
	w.recorder.Stream(name, text)
	if strings.Contains(text, "ready") {
		close(w.ready)
	}
}

func TestInterrupt(t *testing.T) {
	e := newEngine(t)
	must(t, e, "n := 0\ncount := 0\ninc := func() int { count++; return count }\ninc()")
	must(t, e, "beat := make(chan int, 1)\ngo func() { for i := 0; ; i++ { beat <- i } }()")
	calls := 1
	for _, name := range sortedKeys(waits) {
		t.Run(name, func(t *testing.T) {
			f := interrupted(t, e, waits[name])
			if f == nil || f.Name != "Interrupted" {
				t.Fatalf("fault %v, want Interrupted", f)
			}
			calls++
			if got := must(t, e, "inc()"); got != itoa(calls) {
				t.Errorf("a closure of before gives %s, want %d", got, calls)
			}
			if got := must(t, e, "a := <-beat; b := <-beat; c := <-beat; b > a && c > b"); got != "true" {
				t.Errorf("a goroutine of before: %s, want true", got)
			}
		})
	}
}

// interrupted runs a cell, interrupts it when it is ready, and returns its fault.
func interrupted(t *testing.T, e *engine.Engine, src string) *engine.Fault {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	w := &watch{ready: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		_, err := e.Run(ctx, engine.Cell{Name: "cell", Source: src}, w)
		ended <- err
	}()
	select {
	case <-w.ready:
	case err := <-ended:
		t.Fatalf("ended before it was ready: %v", err)
	}
	e.Interrupt()
	var f *engine.Fault
	select {
	case err := <-ended:
		errors.As(err, &f)
	case <-ctx.Done():
		t.Fatal("did not stop")
	}
	return f
}

// must runs a cell that has to succeed and returns the text of its value.
func must(t testing.TB, e *engine.Engine, src string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	o, err := e.Run(ctx, engine.Cell{Name: "cell", Source: src}, &recorder{})
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	if o.Value == nil {
		return ""
	}
	return o.Value.Data["text/plain"].(string)
}

func TestInterruptByContext(t *testing.T) {
	e := newEngine(t)
	ctx, cancel := context.WithCancel(context.Background())
	w := &watch{ready: make(chan struct{})}
	go func() {
		<-w.ready
		cancel()
	}()
	_, err := e.Run(ctx, engine.Cell{Name: "cell", Source: `fmt.Println("ready"); for {}`}, w)
	var f *engine.Fault
	if !errors.As(err, &f) || f.Name != "Interrupted" {
		t.Fatalf("%v, want Interrupted", err)
	}
}

// What kills or blocks a plain interpreter is a fault of the cell, and the notebook goes on.
func TestSurvives(t *testing.T) {
	e := newEngine(t)
	must(t, e, "keep := 41")
	for src, want := range map[string]string{
		`func down(n int) int { return down(n+1) + 1 }` + "\n" + `down(0)`:                                          "Recursion",
		`go func() { panic("lost") }()` + "\n" + `time.Sleep(time.Hour)`:                                            "Panic",
		`time.AfterFunc(time.Millisecond, func() { var m map[int]int; m[1] = 1 })` + "\n" + `time.Sleep(time.Hour)`: "Panic",
		`var wg sync.WaitGroup; wg.Go(func() { panic("in wg") }); wg.Wait(); time.Sleep(time.Hour)`:                 "Panic",
		`os.Exit(3)`:                      "Panic",
		`log.Fatal("the end")`:            "Panic",
		`panic(fmt.Errorf("deep %d", 1))`: "Panic",
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		_, err := e.Run(ctx, engine.Cell{Name: "cell", Source: src}, &recorder{})
		cancel()
		var f *engine.Fault
		if !errors.As(err, &f) || f.Name != want {
			t.Errorf("%s: %v, want %s", src, err, want)
		}
		if got := must(t, e, "keep + 1"); got != "42" {
			t.Errorf("after %s: %s, want 42", src, got)
		}
	}
	must(t, e, "runtime.Goexit()\nkeep = 0")
	if got := must(t, e, "keep"); got != "41" {
		t.Errorf("after Goexit: %s, want 41", got)
	}
}
