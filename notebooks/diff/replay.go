package diff

import (
	"context"
	"fmt"

	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// A fresh is one notebook after it was run again.
type fresh struct {
	cells    []*nb.Cell // code cells, as Side.code
	outcomes map[*nb.Cell]engine.Outcome
}

// replay runs both again and looks at the first cell in which they part. saved is the first
// couple that differs as saved, -1 when none does: then all cells are run.
func (d *differ) replay(ctx context.Context, saved int) error {
	last := saved
	if last < 0 || d.structural() {
		last = len(d.couples) - 1
	}
	a, b, err := d.both(ctx, last, "replay", couple{}, nil)
	if err != nil {
		return err
	}
	d.report.replayed = true
	at := -1
	for i, c := range d.couples[:last+1] {
		if c.a < 0 || c.b < 0 {
			continue
		}
		if diff := d.freshCell(c, a, b); diff.differs() {
			d.report.Replay, at = diff, i
			break
		}
	}
	switch {
	case saved >= 0:
		d.reproduction(saved, a, b)
	case at >= 0 && !d.structural():
		d.note("what is saved is the same, and what comes out now is not: some cell does something else in every run")
	}
	if at < 0 || d.report.Replay.Fit == nil {
		return nil
	}
	if d.report.Replay.Number == 0 {
		if err := d.keepAll(ctx, at); err != nil || d.report.Replay.Number == 0 {
			return err
		}
	}
	return d.zoom(ctx, at)
}

// keepAll finds the first training that differs among those that are too many to be kept usually.
func (d *differ) keepAll(ctx context.Context, at int) error {
	c := d.couples[at]
	a, b, err := d.both(ctx, at, "look at every training", c, &trace.Zoom{Fit: trace.None})
	if err != nil {
		return err
	}
	d.report.Replay.fits(a.outcomes[a.cells[c.a]].Trace, b.outcomes[b.cells[c.b]].Trace)
	return nil
}

func (d *differ) freshCell(c couple, a, b *fresh) *CellDiff {
	diff := d.cell(c)
	diff.Output = runner.Compare(a.cells[c.a].Outputs, b.cells[c.b].Outputs)
	x, y := a.outcomes[a.cells[c.a]], b.outcomes[b.cells[c.b]]
	diff.Draws = drawsDiffer(entries(x.Ledger), entries(y.Ledger))
	diff.fits(x.Trace, y.Trace)
	return diff
}

// reproduction says which of the saved notebooks came out again.
func (d *differ) reproduction(saved int, a, b *fresh) {
	c := d.couples[saved]
	x := d.sameOutputs(d.a, d.cellsA[c.a], c.a, a) && d.sameRecord(d.a, d.cellsA[c.a], c.a, a)
	y := d.sameOutputs(d.b, d.cellsB[c.b], c.b, b) && d.sameRecord(d.b, d.cellsB[c.b], c.b, b)
	cell := "cell " + label(d.cellsA[c.a], c.a)
	switch {
	case x && y:
	case d.report.Replay == nil && x:
		d.note("run again, both give what A has in %s: B was made otherwise, by another program or machine, out of order, or was changed by hand", cell)
	case d.report.Replay == nil && y:
		d.note("run again, both give what B has in %s: A was made otherwise, by another program or machine, out of order, or was changed by hand", cell)
	case d.report.Replay == nil:
		d.note("run again, both give the same in %s, but neither what is saved", cell)
	case x:
		d.note("run again, A gives what it has in %s, and B does not: see reprise verify %s", cell, d.b.Name)
	case y:
		d.note("run again, B gives what it has in %s, and A does not: see reprise verify %s", cell, d.a.Name)
	default:
		d.note("run again, neither gives what it has in %s: see reprise verify", cell)
	}
}

// sameOutputs compares what a cell that was run again shows with what is saved of it.
func (d *differ) sameOutputs(s *Side, c *nb.Cell, place int, f *fresh) bool {
	if s.showsNothing() {
		return s.record(c, place).Output == runner.OutputSum(f.cells[place])
	}
	return runner.Compare(c.Outputs, f.cells[place].Outputs) == nil
}

// sameRecord compares the trainings of a cell that was run again with those in the ledger.
func (d *differ) sameRecord(s *Side, c *nb.Cell, place int, f *fresh) bool {
	r := s.record(c, place)
	l := f.outcomes[f.cells[place]].Trace
	if r == nil || len(r.Fits) == 0 || l == nil || len(l.Fits) != len(r.Fits) {
		return r == nil || len(r.Fits) == 0
	}
	for i, saved := range r.Fits {
		if saved.Digest != l.Fits[i].Digest {
			return false
		}
	}
	return true
}

// mostSteps is how many steps are looked at closely at once.
const mostSteps = 64

// zoom looks closely at the training in which the two part.
func (d *differ) zoom(ctx context.Context, at int) error {
	diff := d.report.Replay
	fit, number := diff.Fit, diff.Number-1
	if fit.Class == trace.OtherModel || fit.Class == trace.OtherLength {
		return nil
	}
	if fit.To-fit.From > mostSteps {
		closer, err := d.again(ctx, at, "narrow the steps", &trace.Zoom{Fit: number, Checks: 4096})
		if err != nil {
			return err
		}
		fit = closer(number)
	}
	for from, to := fit.From, max(fit.To, fit.From+1); from < to; {
		closer, err := d.again(ctx, at, "hash every tensor", &trace.Zoom{Fit: number, From: from, To: to})
		if err != nil {
			return err
		}
		f := closer(number)
		if f.First != nil || f.Class == trace.ExtraDraw || f.Cut() == 0 {
			diff.Fit = f
			return nil
		}
		from = f.Cut()
	}
	return nil
}

// again runs both up to a couple with a zoom on that cell, and returns what compares its trainings.
func (d *differ) again(ctx context.Context, at int, what string, z *trace.Zoom) (func(number int) *trace.Divergence, error) {
	c := d.couples[at]
	a, b, err := d.both(ctx, at, what, c, z)
	if err != nil {
		return nil, err
	}
	x, y := a.outcomes[a.cells[c.a]].Trace, b.outcomes[b.cells[c.b]].Trace
	if x == nil || y == nil || len(x.Fits) <= z.Fit || len(y.Fits) <= z.Fit {
		return nil, fmt.Errorf("diff: cell %s trained %d times before, and not now; it does something else in every run", label(d.cellsA[c.a], c.a), z.Fit+1)
	}
	return func(number int) *trace.Divergence { return trace.Compare(x.Fits[number], y.Fits[number]) }, nil
}

// both runs the cells of A and B up to a couple, the one in zoomed with z.
func (d *differ) both(ctx context.Context, last int, what string, zoomed couple, z *trace.Zoom) (a, b *fresh, err error) {
	toA, toB := -1, -1
	for _, c := range d.couples[:last+1] {
		toA, toB = max(toA, c.a), max(toB, c.b)
	}
	if a, err = d.run(ctx, d.a, toA, "A: "+what, zoomed.a, z); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", d.a.Name, err)
	}
	if b, err = d.run(ctx, d.b, toB, "B: "+what, zoomed.b, z); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", d.b.Name, err)
	}
	return a, b, nil
}

// run runs a copy of a notebook's code cells 0 to last.
func (d *differ) run(ctx context.Context, s *Side, last int, what string, zoomed int, z *trace.Zoom) (*fresh, error) {
	book, err := nb.Decode(s.Book.Encode())
	if err != nil {
		return nil, err
	}
	f := &fresh{cells: (&Side{Book: book}).code(), outcomes: map[*nb.Cell]engine.Outcome{}}
	o := runner.Options{Timeout: d.options.Timeout, AllowErrors: true, Progress: d.options.Progress, Zoom: map[int]*trace.Zoom{},
		Done: func(index int, out engine.Outcome) { f.outcomes[book.Cells[index]] = out }}
	for i, c := range book.Cells {
		for k, mine := range f.cells[:last+1] {
			if mine != c {
				continue
			}
			o.Order = append(o.Order, i)
			if z != nil && k == zoomed {
				o.Zoom[i] = z
			}
		}
	}
	if len(o.Order) == 0 {
		return f, nil
	}
	e, end, err := d.options.Start(ctx, s.Folder)
	if err != nil {
		return nil, err
	}
	defer end()
	d.options.Progress.Name(what)
	if _, err := runner.Run(ctx, book, e, o); err != nil {
		return nil, err
	}
	return f, ctx.Err()
}

// logOf returns the trainings of a recorded cell.
func logOf(r *ledger.Record) *trace.Log {
	l := &trace.Log{}
	for _, f := range r.Fits {
		checks, err := trace.ParseChecks(f.Checks)
		if err != nil {
			checks = nil // of a version that wrote them otherwise: the digests tell enough
		}
		l.Fits = append(l.Fits, &trace.Fit{Model: f.Model, Steps: f.Steps, Digest: f.Digest, Batches: f.Batches, Checks: checks})
	}
	return l
}

func drawsOfRecords(x, y *ledger.Record) []DrawDiff {
	counts := func(r *ledger.Record) map[string]uint64 {
		m := map[string]uint64{}
		for _, d := range ledger.Unfold(r.Draws) {
			m[d.Stream] = d.Draws
		}
		return m
	}
	return drawsDiffer(counts(x), counts(y))
}

func entries(list []rng.Entry) map[string]uint64 {
	m := map[string]uint64{}
	for _, e := range list {
		m[e.Stream] = e.Draws
	}
	return m
}
