package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/nnlib/experiment"
)

// A listener is an engine.Output that keeps what is printed and tells when a word comes.
type listener struct {
	mu    sync.Mutex
	text  strings.Builder
	word  string
	heard chan struct{}
}

func (l *listener) Stream(_, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.WriteString(text)
	if l.word != "" && strings.Contains(l.text.String(), l.word) {
		close(l.heard)
		l.word = ""
	}
}
func (*listener) Display(display.Bundle, string, bool) {}
func (*listener) Clear(bool)                           {}
func (*listener) Progress(string)                      {}
func (*listener) Page(display.Bundle)                  {}
func (*listener) SetNextInput(string, bool)            {}
func (*listener) Input(context.Context, string, bool) (string, error) {
	return "", engine.ErrNoInput
}

// runCell runs a cell, interrupts it when it has printed until, and returns what it printed and showed.
func runCell(t *testing.T, e interface {
	Run(context.Context, engine.Cell, engine.Output) (engine.Outcome, error)
	Interrupt()
}, source, until string) (printed, value string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	l := &listener{word: until, heard: make(chan struct{})}
	if until != "" {
		go func() {
			<-l.heard
			e.Interrupt()
		}()
	}
	o, err := e.Run(ctx, engine.Cell{Name: "cell", Source: source}, l)
	var f *engine.Fault
	if until != "" && (!errors.As(err, &f) || f.Name != "Interrupted") || until == "" && err != nil {
		t.Fatalf("%v", err)
	}
	if o.Value != nil {
		value, _ = o.Value.Data[display.Text].(string)
	}
	return l.text.String(), value
}

// An interrupt costs the run that it meets: the cell run again plays that one and those after it. With a
// store a fresh kernel does the same.
func TestAnInterruptedRepeatGoesOn(t *testing.T) {
	t.Cleanup(func() { experiment.Attach(experiment.Host{}) })
	dir := t.TempDir()
	t.Chdir(dir)
	const head = `func wait(n int) {
	if _, err := os.Stat("go"); n == 6 && err != nil {
		fmt.Println("waiting")
		time.Sleep(time.Hour)
	}
}
`
	const body = `func(run experiment.Run) float64 {
	fmt.Print(run.Number, " ")
	wait(run.Number)
	return run.Stream("x").Float64()
})
s`
	for name, call := range map[string]string{
		"session": "s := experiment.Repeat(10, ", "store": `s := experiment.RepeatWith(experiment.Options{Runs: 10, Store: "results.store"}, `,
	} {
		t.Run(name, func(t *testing.T) {
			e, err := newSession(nil)
			if err != nil {
				t.Fatal(err)
			}
			runCell(t, e, head, "")
			if printed, _ := runCell(t, e, call+body, "waiting"); printed != "0 1 2 3 4 5 6 waiting\n" {
				t.Fatalf("before the interrupt: %q", printed)
			}
			if name == "store" {
				if e, err = newSession(nil); err != nil {
					t.Fatal(err)
				}
				runCell(t, e, head, "")
			}
			if err := os.WriteFile(filepath.Join(dir, "go"), nil, 0o666); err != nil {
				t.Fatal(err)
			}
			printed, value := runCell(t, e, call+body, "")
			if printed != "6 7 8 9 " {
				t.Errorf("after it: %q", printed)
			}
			if whole, want := runCell(t, e, strings.Replace(call, "results", "others", 1)+body, ""); want != value || whole != "0 1 2 3 4 5 6 7 8 9 " {
				t.Errorf("in two parts\n%s\nin one\n%s(%s)", value, want, whole)
			}
			if err := os.Remove(filepath.Join(dir, "go")); err != nil {
				t.Fatal(err)
			}
		})
	}
}
