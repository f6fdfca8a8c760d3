package kerneltest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/nnlib/rng"
)

// Echo is an engine whose language is a list of commands, one a line:
//
//	print TEXT         a line on stdout         warn TEXT       a line on stderr
//	lines N            N lines on stdout        value TEXT      the cell's value
//	show ID TEXT       a display named ID       update ID TEXT  replaces it
//	html TEXT          a display of HTML        clear, clearwait
//	progress TEXT      the progress line; without TEXT it ends
//	ask PROMPT         reads a line, prints it  password PROMPT
//	page TEXT          in the pager             next TEXT       the next cell's text
//	fail TEXT          a fault                  broken          an error of the engine itself
//	crash              a panic in the engine    wait            until interrupted
//	hold               until Release is called, or interrupted
//
// Anything else is a fault with its place.
type Echo struct {
	mu        sync.Mutex
	interrupt chan struct{} // of the running cell
	release   chan struct{}
	// Started receives the source of each cell that reaches wait or hold.
	Started chan string
}

// NewEcho makes an echo engine.
func NewEcho() *Echo {
	return &Echo{release: make(chan struct{}, 64), Started: make(chan string, 64)}
}

// Release lets one cell go on that holds.
func (e *Echo) Release() { e.release <- struct{}{} }

// Run does what the lines say.
func (e *Echo) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	interrupted := make(chan struct{})
	e.mu.Lock()
	e.interrupt = interrupted
	e.mu.Unlock()
	run := &echoRun{e: e, ctx: ctx, out: out, interrupted: interrupted}
	for i, line := range strings.Split(c.Source, "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" {
			continue
		}
		do, known := echoCommands[word]
		if !known {
			place := engine.Place{Cell: c.Name, Line: i + 1, Column: 1, Text: line}
			return run.outcome, &engine.Fault{Name: "UnknownCommand", Message: word, Places: []engine.Place{place}}
		}
		if err := do(run, rest); err != nil {
			return run.outcome, err
		}
	}
	run.outcome.Ledger = []rng.Entry{{Stream: "echo", Draws: 1}}
	return run.outcome, nil
}

type echoRun struct {
	e           *Echo
	ctx         context.Context
	out         engine.Output
	interrupted chan struct{}
	outcome     engine.Outcome
}

var echoCommands = map[string]func(*echoRun, string) error{
	"print": func(r *echoRun, s string) error { r.out.Stream(engine.Stdout, s+"\n"); return nil },
	"warn":  func(r *echoRun, s string) error { r.out.Stream(engine.Stderr, s+"\n"); return nil },
	"lines": (*echoRun).lines,
	"value": func(r *echoRun, s string) error { b := Text(s); r.outcome.Value = &b; return nil },
	"show": func(r *echoRun, s string) error {
		id, t, _ := strings.Cut(s, " ")
		r.out.Display(Text(t), id, false)
		return nil
	},
	"update": func(r *echoRun, s string) error {
		id, t, _ := strings.Cut(s, " ")
		r.out.Display(Text(t), id, true)
		return nil
	},
	"html":      (*echoRun).html,
	"clear":     func(r *echoRun, _ string) error { r.out.Clear(false); return nil },
	"clearwait": func(r *echoRun, _ string) error { r.out.Clear(true); return nil },
	"progress":  func(r *echoRun, s string) error { r.out.Progress(s); return nil },
	"ask":       func(r *echoRun, s string) error { return r.ask(s, false) },
	"password":  func(r *echoRun, s string) error { return r.ask(s, true) },
	"page":      func(r *echoRun, s string) error { r.out.Page(Text(s)); return nil },
	"next":      func(r *echoRun, s string) error { r.out.SetNextInput(s, false); return nil },
	"fail":      func(_ *echoRun, s string) error { return &engine.Fault{Name: "Failed", Message: s} },
	"broken":    func(*echoRun, string) error { return errors.New("echo: broken") },
	"crash":     func(*echoRun, string) error { panic("echo: crashed") },
	"wait":      func(r *echoRun, s string) error { return r.hold("wait "+s, nil) },
	"hold":      func(r *echoRun, s string) error { return r.hold("hold "+s, r.e.release) },
}

func (r *echoRun) lines(s string) error {
	n, err := strconv.Atoi(s)
	for i := range n {
		r.out.Stream(engine.Stdout, fmt.Sprintf("line %d\n", i))
	}
	return err
}

func (r *echoRun) html(s string) error {
	r.out.Display(display.Bundle{Data: map[string]any{display.HTML: s, display.Text: s}}, "", false)
	return nil
}

func (r *echoRun) ask(prompt string, password bool) error {
	line, err := r.out.Input(r.ctx, prompt, password)
	if err != nil {
		return &engine.Fault{Name: "NoInput", Message: err.Error()}
	}
	r.out.Stream(engine.Stdout, line+"\n")
	return nil
}

func (r *echoRun) hold(name string, release <-chan struct{}) error {
	r.e.Started <- strings.TrimSpace(name)
	select {
	case <-release:
		return nil
	case <-r.interrupted:
		return &engine.Fault{Name: "Interrupted", Message: "the cell was interrupted"}
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// Complete proposes the commands that begin with the word before the cursor.
func (e *Echo) Complete(_ context.Context, code string, cursor int) (engine.Completion, error) {
	start := cursor
	for start > 0 && code[start-1] != ' ' && code[start-1] != '\n' {
		start--
	}
	c := engine.Completion{Start: start, End: cursor}
	for _, name := range []string{"page", "password", "print", "progress"} {
		if strings.HasPrefix(name, code[start:cursor]) {
			c.Matches = append(c.Matches, engine.Match{Text: name, Type: "keyword", Signature: "TEXT"})
		}
	}
	return c, nil
}

// Inspect knows what print is.
func (e *Echo) Inspect(_ context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	if !strings.Contains(code[:cursor], "print") {
		return display.Bundle{}, false, nil
	}
	return Text([]string{"print TEXT", "print TEXT: writes a line on stdout"}[min(detail, 1)]), true, nil
}

// Expr echoes the expression; one that is "fail" fails.
func (e *Echo) Expr(_ context.Context, code string) (display.Bundle, error) {
	if code == "fail" {
		return display.Bundle{}, &engine.Fault{Name: "Failed", Message: "as asked"}
	}
	return Text(code), nil
}

// IsComplete takes a line that ends in a backslash as begun, and one that begins with ! as wrong.
func (e *Echo) IsComplete(code string) cell.State {
	switch {
	case strings.HasPrefix(code, "!"):
		return cell.State{Status: cell.Invalid}
	case strings.HasSuffix(code, `\`):
		return cell.State{Status: cell.Incomplete, Indent: "\t"}
	}
	return cell.State{Status: cell.Complete}
}

// Interrupt stops the running cell where it waits.
func (e *Echo) Interrupt() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.interrupt != nil {
		close(e.interrupt)
		e.interrupt = nil
	}
}

// Close ends the running cell.
func (e *Echo) Close() error { e.Interrupt(); return nil }

// Text is a bundle of plain text.
func Text(s string) display.Bundle { return display.Bundle{Data: map[string]any{display.Text: s}} }
