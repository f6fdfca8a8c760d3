package diff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"reprise/kernel/ledger"
	"reprise/nnlib/trace"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// Options say how to compare.
type Options struct {
	NoReplay bool // compare what is saved alone
	Timeout  time.Duration
	Progress *runner.Progress
	// Start gives a fresh engine in a folder, and what ends it.
	Start func(ctx context.Context, folder string) (e runner.Engine, end func(), err error)
}

// A Report is what Compare finds.
type Report struct {
	A        string    `json:"a"`
	B        string    `json:"b"`
	Same     bool      `json:"same"`
	Causes   []Cause   `json:"causes,omitempty"`
	Saved    *CellDiff `json:"saved,omitempty"`  // the first cell that differs as it was saved
	Replay   *CellDiff `json:"replay,omitempty"` // and as it came out when both were run again
	Notes    []string  `json:"notes,omitempty"`
	replayed bool
}

// A CellDiff is the first cell in which two notebooks differ.
type CellDiff struct {
	A      string             `json:"a"` // the cell's prompt; empty where one has no such cell
	B      string             `json:"b"`
	Source string             `json:"source"`           // first line
	Output *runner.Difference `json:"output,omitempty"` // nil when both show the same
	Draws  []DrawDiff         `json:"draws,omitempty"`
	Fit    *trace.Divergence  `json:"training,omitempty"`
	Number int                `json:"number,omitempty"` // of the training in the cell, from 1
	Of     int                `json:"of,omitempty"`
}

// A DrawDiff is a random stream from which the two have not drawn alike.
type DrawDiff struct {
	Stream string `json:"stream"`
	A      uint64 `json:"a"` // words
	B      uint64 `json:"b"`
}

// A differ is one comparison.
type differ struct {
	options        Options
	a, b           *Side
	cellsA, cellsB []*nb.Cell
	couples        []couple
	report         *Report
}

// Compare tells why a and b have different results. When ctx ends it returns what is known so
// far, and ctx's error.
func Compare(ctx context.Context, a, b *Side, o Options) (*Report, error) {
	if a.OnlyLedger() != b.OnlyLedger() {
		var errA, errB error
		a, errA = a.bare()
		b, errB = b.bare()
		if err := errors.Join(errA, errB); err != nil {
			return nil, err
		}
	}
	d := &differ{options: o, a: a, b: b, cellsA: a.code(), cellsB: b.code(), report: &Report{A: a.Name, B: b.Name}}
	d.couples = align(d.cellsA, d.cellsB)
	d.report.Causes = d.causes()
	saved := d.saved()
	ledgers := len(a.Records) > 0 && len(b.Records) > 0
	switch {
	case o.NoReplay:
	case a.OnlyLedger():
		if saved >= 0 {
			d.note("nothing was run again, which would name the step and the tensor: that wants both notebooks beside their ledgers, with the same cells")
		}
	case saved < 0 && ledgers && !d.structural():
	default:
		if err := d.replay(ctx, saved); err != nil {
			return d.report, err
		}
	}
	if !ledgers && d.report.Replay == nil {
		d.note("without a ledger in both, only outputs are known of the saved runs; reprise run writes one")
	}
	d.report.Same = d.report.Saved == nil && d.report.Replay == nil && !d.structural()
	return d.report, nil
}

// structural reports whether the cells themselves differ.
func (d *differ) structural() bool {
	for _, c := range d.report.Causes {
		if c.Kind == "source" {
			return true
		}
	}
	return false
}

func (d *differ) note(format string, args ...any) {
	d.report.Notes = append(d.report.Notes, fmt.Sprintf(format, args...))
}

// saved finds the first couple whose saved outputs, draws or trainings differ; -1 is none.
func (d *differ) saved() int {
	for i, c := range d.couples {
		if c.a < 0 || c.b < 0 {
			continue
		}
		diff := d.cell(c)
		x, y := d.a.record(d.cellsA[c.a], c.a), d.b.record(d.cellsB[c.b], c.b)
		if !d.a.showsNothing() && !d.b.showsNothing() {
			diff.Output = runner.Compare(d.cellsA[c.a].Outputs, d.cellsB[c.b].Outputs)
		}
		if x != nil && y != nil {
			x, y = whole(x, y)
			diff.Draws = drawsOfRecords(x, y)
			diff.fits(logOf(x), logOf(y))
			if x.Output != y.Output && diff.Output == nil && (d.a.showsNothing() || d.b.showsNothing()) {
				diff.Output = &runner.Difference{Where: "outputs", Saved: sha(x.Output), Got: sha(y.Output)}
			}
		}
		if diff.differs() {
			d.report.Saved = diff
			return i
		}
	}
	return -1
}

// whole has two records with what chance had a part in, where both still have it: what a cell
// drew and trained stands apart when it also read the clock, say.
func whole(x, y *ledger.Record) (*ledger.Record, *ledger.Record) {
	if !x.Chance || !y.Chance || x.Volatile == nil || y.Volatile == nil {
		return x, y
	}
	together := func(r ledger.Record) *ledger.Record {
		r.Roots, r.Draws, r.Files, r.Fits = r.Volatile.Roots, r.Volatile.Draws, r.Volatile.Files, r.Volatile.Fits
		return &r
	}
	return together(*x), together(*y)
}

func (d *differ) cell(c couple) *CellDiff {
	return &CellDiff{A: label(d.cellsA[c.a], c.a), B: label(d.cellsB[c.b], c.b), Source: d.firstLine(d.cellsA[c.a])}
}

func (c *CellDiff) differs() bool { return c.Output != nil || len(c.Draws) > 0 || c.Fit != nil }

// fits finds the first training that went another way.
func (c *CellDiff) fits(a, b *trace.Log) {
	if a == nil {
		a = &trace.Log{}
	}
	if b == nil {
		b = &trace.Log{}
	}
	c.Of = min(len(a.Fits), len(b.Fits))
	for i := range c.Of {
		if f := trace.Compare(a.Fits[i], b.Fits[i]); f.Class != trace.Same {
			c.Fit, c.Number = f, i+1
			return
		}
	}
	if len(a.Fits) != len(b.Fits) || (a.More == nil) != (b.More == nil) || a.More != nil && *a.More != *b.More {
		c.Fit = &trace.Divergence{Class: trace.Somewhere, Detail: []string{fmt.Sprintf("%s and %s", countFits(a), countFits(b))}}
	}
}

func countFits(l *trace.Log) string {
	n := len(l.Fits)
	if l.More != nil {
		return fmt.Sprintf("%d trainings, of which the last %d have digest %s", n+l.More.Fits, l.More.Fits, l.More.Digest)
	}
	return fmt.Sprintf("%d trainings", n)
}
