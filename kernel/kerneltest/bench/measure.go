package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"reprise/kernel"
	"reprise/kernel/wire"
)

// benchLines is how many lines the printing cell prints.
const benchLines = 100_000

// cellsOf are the cells to run, by language. The one that runs for ever prints first, so that it is known to run.
var cellsOf = map[string]struct{ setup, trivial, print, forever string }{
	"go": {
		`import "fmt"`, "1 + 1",
		fmt.Sprintf("for i := 0; i < %d; i++ {\n\tfmt.Println(\"line\", i)\n}", benchLines),
		"fmt.Println(\"begun\")\nfor {\n}",
	},
	"python": {
		"import sys", "1 + 1",
		fmt.Sprintf("for i in range(%d):\n    print('line', i)", benchLines),
		"print('begun', flush=True)\nwhile True:\n    pass",
	},
	"echo": {"print x", "value 2", fmt.Sprintf("lines %d", benchLines), "print begun\nwait"},
}

// A measurement is one round of one kernel.
type measurement struct {
	start, first, print, stop time.Duration // stop may be notObeyed or died
	trivial                   []time.Duration
	messages                  int
	memory                    int64
}

func (m measurement) quantile(q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(m.trivial))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// idlePause is how long a kernel is left alone before its memory is measured. No event can be awaited:
// a kernel says nothing when it gives memory back, as that is what it does when it has nothing to do.
const idlePause = 3 * time.Second

// stopPatience is how long an interrupt may take before it counts as not obeyed.
const stopPatience = 5 * time.Second

// What an interrupt did when it did not stop the cell.
const (
	notObeyed time.Duration = 0
	died      time.Duration = -1 // the kernel ended
)

func measure(ctx context.Context, argv []string, cells int) (m measurement, err error) {
	begun := time.Now()
	p, err := launch(ctx, argv)
	if err != nil {
		return m, err
	}
	defer func() {
		if err != nil {
			err = p.why(err)
		}
		p.kill()
	}()
	info, err := p.kernelInfo(ctx)
	if err != nil {
		return m, err
	}
	m.start = time.Since(begun)
	language := info.LanguageInfo.Name
	if strings.HasPrefix(info.Banner, "echo") {
		language = "echo"
	}
	cell, known := cellsOf[language]
	if !known {
		return m, fmt.Errorf("no cells in %q", language)
	}
	if err := p.awaitSubscription(ctx); err != nil {
		return m, err
	}
	if m.first, _, err = p.execute(ctx, cell.setup); err != nil {
		return m, err
	}
	for range cells {
		d, _, err := p.execute(ctx, cell.trivial)
		if err != nil {
			return m, err
		}
		m.trivial = append(m.trivial, d)
	}
	d, streams, err := p.execute(ctx, cell.print)
	if err != nil {
		return m, err
	}
	if got := strings.Count(strings.Join(streams, ""), "\n"); got != benchLines {
		return m, fmt.Errorf("%d of %d lines arrived", got, benchLines)
	}
	m.print, m.messages = d, len(streams)
	time.Sleep(idlePause)
	m.memory = kernel.MemoryOf(p.process.Process.Pid)
	stopCtx, cancel := context.WithTimeout(ctx, stopPatience)
	defer cancel()
	m.stop, err = p.interrupt(stopCtx, cell.forever)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		m.stop, err = notObeyed, nil
	case err != nil && p.endsWithin(stopCtx):
		m.stop, err = died, nil
	}
	return m, err
}

// execute runs a cell and gives the time to its reply and idle, and its streams.
func (p *probe) execute(ctx context.Context, code string) (time.Duration, []string, error) {
	begun := time.Now()
	id, err := p.send(ctx, p.client.Shell, wire.ExecuteRequest{Code: code, StoreHistory: true, StopOnError: true})
	if err != nil {
		return 0, nil, err
	}
	reply, err := p.replyTo(ctx, p.client.Shell, id)
	if err != nil {
		return 0, nil, err
	}
	if r, err := wire.Parse[wire.ExecuteFailure](reply); err != nil || r.Status != wire.OK {
		return 0, nil, fmt.Errorf("cell %q: %s: %s, %v", code, r.EName, r.EValue, err)
	}
	streams, err := p.untilIdle(ctx, id)
	return time.Since(begun), streams, err
}

// interrupt runs a cell that never ends and stops it.
func (p *probe) interrupt(ctx context.Context, code string) (time.Duration, error) {
	id, err := p.send(ctx, p.client.Shell, wire.ExecuteRequest{Code: code, StoreHistory: true})
	if err != nil {
		return 0, err
	}
	if err := p.untilType(ctx, id, "stream"); err != nil {
		return 0, err
	}
	begun := time.Now()
	if _, err := p.send(ctx, p.client.Control, wire.InterruptRequest{}); err != nil {
		return 0, err
	}
	p.signal() // kernels whose interrupt_mode is signal
	_, err = p.replyTo(ctx, p.client.Shell, id)
	return time.Since(begun), err
}
