package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"

	"golang.org/x/term"

	"reprise/notebooks/runner"
)

// progress shows a bar when standard error is a terminal, plain lines otherwise.
func progress() *runner.Progress { return runner.NewProgress(os.Stderr, width(os.Stderr)) }

// width is that of the terminal behind f, 0 when there is none.
func width(f *os.File) int {
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return w
}

var ansi = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")

// say writes a line to standard error, without colours unless it is a terminal.
func say(line string) {
	if width(os.Stderr) == 0 {
		line = ansi.ReplaceAllString(line, "")
	}
	fmt.Fprintln(os.Stderr, line)
}

// orInterrupted is err, or what it came of: Ctrl-C.
func orInterrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return exit{exitInterrupted, errors.New("interrupted")}
	}
	return err
}

// interruptible ends its context at the first Ctrl-C, so that the cell stops and what was
// executed is written; the second one quits at once. The worker sees its pipe close and ends.
func interruptible(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
			return
		}
		say("\nreprise: interrupting the cell; Ctrl-C once more quits without writing")
		cancel()
		<-signals
		os.Exit(exitInterrupted)
	}()
	return ctx, func() { signal.Stop(signals); cancel() }
}
