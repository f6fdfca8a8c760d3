package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"reprise/notebooks/runner"
)

// verifyJob is one `reprise verify`.
type verifyJob struct {
	runs    int
	threads []int
	cpu     string
	order   string
	timeout time.Duration
}

func verbVerify() *cobra.Command {
	var j verifyJob
	c := &cobra.Command{
		Use:   "verify NOTEBOOK",
		Short: "Run a notebook again and compare every output with the saved one",
		Long: `Verify runs NOTEBOOK in a fresh worker and compares every output with the saved
one, byte for byte and MIME type by MIME type; only execution counts may be others.
NOTEBOOK may be an HTML report made by reprise, as the notebook is inside it; - is
standard input. Nothing is written.

Each cell is same, differs (with the first line that does, and how many ULP its
numbers are apart), missing (the notebook has no outputs where the cell gives some),
stale (differs, and a cell above it was run after it) or, in the saved order, not run.
Verify also checks the ledger, in the notebook or beside it: that no record was
changed, that the saved outputs are those that it has, that no output is out of date,
that the files which cells read are the same, and which versions and which machine
it was made with. Those may be others; the bits must be the same nevertheless.

Of several ledgers the whole one that knows most of the outputs is believed. A broken
one is named with its line; it fails the verification unless a whole one knows all that
the notebook shows.

The exit code is 0 when every cell is the same and the ledger is whole, else 1; 130
after Ctrl-C.`,
		Example: `  reprise verify notebooks/01-reproducible-results.ipynb
  reprise verify report.html --threads 1,2,4 --runs 2
  reprise verify paper.ipynb --cpu plain`,
		Args: oneNotebook,
		RunE: func(c *cobra.Command, args []string) error { return j.run(c, args[0]) },
	}
	c.Flags().IntVar(&j.runs, "runs", 1, "how often to run it in each setting")
	c.Flags().IntSliceVar(&j.threads, "threads", nil, "numbers of threads to run it with, such as 1,2,4")
	c.Flags().StringVar(&j.cpu, "cpu", "native", "native, plain (without vector features) or both")
	c.Flags().StringVar(&j.order, "order", runner.OrderTop, "run cells from the top, or in their saved order: top or saved")
	c.Flags().DurationVar(&j.timeout, "timeout", 0, "longest time for one cell, such as 90s (default: no bound)")
	return c
}

func (j verifyJob) run(c *cobra.Command, path string) error {
	settings, err := j.settings()
	if err == nil {
		err = wantTimeout(j.timeout)
	}
	if err != nil {
		return err
	}
	book, err := readNotebookOrReport(path)
	if err != nil {
		return err
	}
	if err := wantGo(book, path); err != nil {
		return err
	}
	proof := checkLedger(book, path)
	var out printed
	for _, line := range proof.lines {
		fmt.Fprintln(&out, line)
	}
	ctx, stop := interruptible(c.Context())
	defer stop()
	checks, err := runner.Verify(ctx, book, runner.VerifyOptions{
		Settings: settings, Order: j.order, Timeout: j.timeout, Progress: progress(), OutOfDate: proof.stale,
		Start: startEngine(path),
	})
	runner.WriteTable(&out, book, checks)
	if ctx.Err() != nil {
		return exit{exitInterrupted, fmt.Errorf("interrupted after %d of %d runs", len(checks), len(settings))}
	}
	if err != nil {
		return err
	}
	line, same := runner.Summary(checks)
	fmt.Fprintln(&out, line)
	if !same && j.order == runner.OrderTop && runner.OutOfOrder(book) {
		fmt.Fprintln(&out, "its cells were run in another order than they stand in; --order saved runs them so")
	}
	if err := out.failed(); err != nil {
		return err
	}
	if !same || proof.broken {
		return exit{code: exitFailed}
	}
	return nil
}

// startEngine starts fresh workers in the notebook's folder.
func startEngine(path string) func(ctx context.Context, env []string) (runner.Engine, func(), error) {
	return func(ctx context.Context, env []string) (runner.Engine, func(), error) {
		e, err := startWorker(ctx, filepath.Dir(path), env)
		if err != nil {
			return nil, nil, err
		}
		return e, func() { e.Close() }, nil
	}
}

// mostThreads bounds --threads: each one costs memory before a cell runs.
const mostThreads = 1024

// settings are all combinations that the flags name.
func (j verifyJob) settings() ([]runner.Setting, error) {
	cpus, ok := map[string][]bool{"native": {false}, "plain": {true}, "both": {false, true}}[j.cpu]
	if !ok {
		return nil, fmt.Errorf("--cpu %s: want native, plain or both", j.cpu)
	}
	if j.order != runner.OrderTop && j.order != runner.OrderSaved {
		return nil, fmt.Errorf("--order %s: want top or saved", j.order)
	}
	if j.runs < 1 {
		return nil, fmt.Errorf("--runs %d: want at least 1", j.runs)
	}
	threads := j.threads
	if len(threads) == 0 {
		threads = []int{0}
	}
	var all []runner.Setting
	for _, plain := range cpus {
		for _, t := range threads {
			if t < 0 || t == 0 && len(j.threads) > 0 || t > mostThreads {
				return nil, fmt.Errorf("--threads %d: want at least 1 and at most %d", t, mostThreads)
			}
			for r := range j.runs {
				all = append(all, runner.Setting{Threads: t, Plain: plain, Run: r + 1})
			}
		}
	}
	return all, nil
}
