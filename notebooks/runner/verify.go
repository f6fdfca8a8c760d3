package runner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"reprise/notebooks/nb"
)

// A Setting is one way to run the notebook again.
type Setting struct {
	Threads int  // GOMAXPROCS; 0: as it comes
	Plain   bool // without the CPU's vector features
	Run     int  // from 1
}

// FreshVar, set to anything, has a kernel play all runs of an experiment although a store holds
// them, and compare the two: a notebook that is verified shows its results, it does not look them up.
const FreshVar = "REPRISE_FRESH"

// Env is what the setting adds to the worker's environment.
func (s Setting) Env() []string {
	env := []string{FreshVar + "=1"}
	if s.Threads > 0 {
		env = append(env, fmt.Sprintf("GOMAXPROCS=%d", s.Threads))
	}
	if s.Plain {
		env = append(env, "GODEBUG=cpu.all=off")
	}
	return env
}

// String names the setting as tables show it.
func (s Setting) String() string {
	text := fmt.Sprintf("run %d", s.Run)
	if s.Threads == 1 {
		text += ", 1 thread"
	} else if s.Threads > 1 {
		text += fmt.Sprintf(", %d threads", s.Threads)
	}
	if s.Plain {
		text += ", plain CPU"
	}
	return text
}

// Orders of VerifyOptions.
const (
	OrderTop   = "top"   // from top to bottom
	OrderSaved = "saved" // by the saved execution counts
)

// VerifyOptions say how often and how to run. Start gives a fresh engine with env added
// to its environment, and what ends it.
type VerifyOptions struct {
	Settings []Setting
	Order    string
	Timeout  time.Duration
	Progress *Progress
	// OutOfDate are cells that the ledger knows to be out of date, by index, with the reason.
	OutOfDate map[int]string
	Start     func(ctx context.Context, env []string) (e Engine, end func(), err error)
}

// States of a verified cell.
const (
	Same    = "same"
	Differs = "differs"
	Missing = "missing" // the notebook has no outputs where the cell gives some
	Stale   = "stale"   // differs, and a cell above it was run after it
	NotRun  = "not run" // no saved execution count, so the saved order leaves it out
)

// A CellCheck is one cell of one run.
type CellCheck struct {
	Index int // in the notebook, from 0
	State string
	Diff  *Difference // of Differs and Stale
	Why   string      // of Stale, when the ledger knows it
}

// A Check is one run beside the saved notebook: its code cells in the notebook's order.
type Check struct {
	Setting Setting
	Cells   []CellCheck
}

// Verify runs book afresh in every setting and compares all outputs, byte for byte and
// MIME type by MIME type; only execution counts may be others. It does not change book.
// When ctx ends, it returns what was checked and ctx's error.
func Verify(ctx context.Context, book *nb.Notebook, o VerifyOptions) ([]Check, error) {
	order := codeCells(book)
	if o.Order == OrderSaved {
		order = savedOrder(book)
	}
	var checks []Check
	for _, s := range o.Settings {
		o.Progress.Name(s.String())
		fresh, err := again(ctx, book, order, s, o)
		if err != nil {
			return checks, fmt.Errorf("%s: %w", s, err)
		}
		checks = append(checks, Check{s, compare(book, fresh, order, o.OutOfDate)})
	}
	return checks, nil
}

// again runs a copy of book in a fresh engine.
func again(ctx context.Context, book *nb.Notebook, order []int, s Setting, o VerifyOptions) (*nb.Notebook, error) {
	fresh, err := nb.Decode(book.Encode())
	if err != nil {
		return nil, err
	}
	e, end, err := o.Start(ctx, s.Env())
	if err != nil {
		return nil, err
	}
	defer end()
	_, err = Run(ctx, fresh, e, Options{Timeout: o.Timeout, AllowErrors: true, Order: order, Progress: o.Progress, raw: true})
	if err == nil {
		err = ctx.Err()
	}
	return fresh, err
}

// savedOrder lists the executed cells by their execution counts.
func savedOrder(book *nb.Notebook) []int {
	list := slices.DeleteFunc(codeCells(book), func(i int) bool { return book.Cells[i].Count == nil })
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(*book.Cells[a].Count, *book.Cells[b].Count) })
	return list
}

// OutOfOrder reports whether the saved execution counts are not those of a run from top to bottom.
func OutOfOrder(book *nb.Notebook) bool {
	return !slices.IsSorted(savedOrder(book))
}

func compare(saved, fresh *nb.Notebook, order []int, outOfDate map[int]string) []CellCheck {
	var checks []CellCheck
	above := 0 // the highest execution count so far
	for _, i := range codeCells(saved) {
		c := saved.Cells[i]
		check := CellCheck{Index: i, State: NotRun}
		if slices.Contains(order, i) {
			check.State, check.Diff = compareCell(c, fresh.Cells[i])
		}
		if why := outOfDate[i]; why != "" && check.State == Differs {
			check.State, check.Why = Stale, why
		}
		if c.Count != nil {
			if check.State == Differs && *c.Count < above {
				check.State = Stale
			}
			above = max(above, *c.Count)
		}
		checks = append(checks, check)
	}
	return checks
}

func compareCell(saved, fresh *nb.Cell) (string, *Difference) {
	diff := difference(saved.Outputs, fresh.Outputs)
	switch {
	case diff == nil:
		return Same, nil
	case saved.Count == nil && len(saved.Outputs) == 0:
		return Missing, nil
	}
	return Differs, diff
}
