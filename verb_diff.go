package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"reprise/notebooks/diff"
	"reprise/notebooks/runner"
)

// diffJob is one `reprise diff`.
type diffJob struct {
	json, noReplay bool
	timeout        time.Duration
}

func verbDiff() *cobra.Command {
	var j diffJob
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Tell why two executed notebooks have different results",
		Long: `Diff compares two executed notebooks, reports made of them, or ledgers (.jsonl).

It lists the causes first: cells with another source, seeds, versions, data files. Then it
names the first cell whose outputs, random draws or trainings differ. Both notebooks are run
again up to there, and when a training went another way, once more with every tensor of the
steps in question hashed: so the first step, layer and tensor that differ are named, and
what kind of difference it is: an extra draw from a random stream, another batch order,
changed data, initial weights, a hyper-parameter, or arithmetic in a layer.

A ledger has hashes of each training at up to 17 steps, which tell between which of them two
trainings parted. When its notebook is beside it (x.ipynb and x.ledger.jsonl) and still has
the texts of all cells, they are run again too, in the order in which they were.

Nothing is written. One of the two may be -, standard input. The exit code is 0 when nothing
differs, 1 when something does, 2 when one of the two cannot be read or its ledger is broken.`,
		Example: `  reprise diff mine.ipynb yours.ipynb
  reprise diff monday.html tuesday.html --json
  reprise diff old.ledger.jsonl new.ledger.jsonl`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("diff wants two notebooks, got %d arguments; see `reprise diff --help`", len(args))
			}
			return j.run(c, args[0], args[1])
		},
	}
	c.Flags().BoolVar(&j.json, "json", false, "write what was found as JSON")
	c.Flags().BoolVar(&j.noReplay, "no-replay", false, "compare what is saved, and run nothing")
	c.Flags().DurationVar(&j.timeout, "timeout", 0, "longest time for one cell, such as 90s (default: no bound)")
	return c
}

func (j diffJob) run(c *cobra.Command, pathA, pathB string) error {
	if err := wantTimeout(j.timeout); err != nil {
		return err
	}
	a, err := side(pathA)
	if err != nil {
		return err
	}
	b, err := side(pathB)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(c.Context())
	defer stop()
	report, err := diff.Compare(ctx, a, b, diff.Options{
		NoReplay: j.noReplay, Timeout: j.timeout, Progress: progress(),
		Start: func(ctx context.Context, folder string) (runner.Engine, func(), error) {
			e, err := startWorker(ctx, folder, nil)
			if err != nil {
				return nil, nil, err
			}
			return e, func() { e.Close() }, nil
		},
	})
	if writeErr := j.write(report); writeErr != nil {
		return writeErr
	}
	switch {
	case ctx.Err() != nil:
		return exit{exitInterrupted, fmt.Errorf("interrupted: what is above was known by then")}
	case err != nil:
		return err
	case !report.Same:
		return exit{code: exitFailed}
	}
	return nil
}

func (j diffJob) write(r *diff.Report) error {
	var out printed
	if !j.json {
		r.WriteText(&out)
		return out.failed()
	}
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); out.err == nil {
		return err
	}
	return out.failed()
}

// side reads one of the two that are compared.
func side(path string) (*diff.Side, error) {
	s, err := readSide(path)
	if err == nil {
		sayDoubts(s.Ledger)
	}
	return s, err
}

func readSide(path string) (*diff.Side, error) {
	if diff.IsLedger(path) {
		return diff.LedgerSide(path)
	}
	book, err := readNotebookOrReport(path)
	if err != nil {
		return nil, err
	}
	if err := wantGo(book, path); err != nil {
		return nil, err
	}
	return diff.NewSide(path, book)
}
