// Package runner executes notebooks without a Jupyter server, and verifies that they
// give again what they say they gave. What it records is what nbclient would record
// of the same kernel with coalesced streams.
package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/nnlib/trace"
	"reprise/notebooks/nb"
)

// An Engine runs cells; it is a part of kernel.Engine. When ctx ends, it stops the cell and
// returns an *engine.Fault, if need be after replacing the process that ran it.
type Engine interface {
	Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error)
}

// Options of Run.
type Options struct {
	// Timeout bounds each cell; 0 is no bound.
	Timeout time.Duration
	// AllowErrors goes on after a failing cell, as the tag raises-exception does for one cell.
	AllowErrors bool
	// Language becomes the metadata language_info, as a Jupyter client writes it; nil leaves it alone.
	Language map[string]any
	// Order gives the cells to run by index; nil runs every code cell from top to bottom.
	Order []int
	// Progress is told what happens; nil is silence.
	Progress *Progress

	// Zoom asks for more about trainings, by cell; Done is told what each cell leaves.
	Zoom map[int]*trace.Zoom
	Done func(index int, o engine.Outcome)
	// Lock and Machine open the run's ledger, which goes into the notebook's metadata;
	// without a Lock there is none.
	Lock    *ledger.Lock
	Machine *ledger.Machine
	// Journal is given every record at once; nil keeps none.
	Journal Journal
	// Resume are the executions of an earlier run that ended too soon (see Resumable). The
	// cells run again with what those had taken from entropy and from people; one that
	// gives something else ends the run with *Parted.
	Resume []ledger.Record

	// raw keeps streams as the cell wrote them, for Verify.
	raw bool
}

// Result says how far a run came.
type Result struct {
	Ran, Total int
	Confirmed  int // cells that gave what they had given in the run that was resumed
	// Failure is what stopped the run; nil when it came to the end.
	Failure *Failure
}

// A Failure is the cell that stopped a run.
type Failure struct {
	Index       int // of the cell in the notebook, from 0
	Fault       *engine.Fault
	Interrupted bool // by the person, not by the timeout
}

// Error is the fault in one line.
func (f *Failure) Error() string { return f.Fault.Error() }

// Run executes the code cells of book and puts their outputs into it. A failing cell is
// no error but Result.Failure: the notebook then holds what was executed, and the cells
// after it are as they were. When ctx ends, the running cell is interrupted and the run stops.
func Run(ctx context.Context, book *nb.Notebook, e Engine, o Options) (Result, error) {
	s := session{engine: e, options: o, displays: map[string][]*shown{}}
	order := o.Order
	if order == nil {
		order = codeCells(book)
	}
	if o.Language != nil {
		book.Metadata["language_info"] = o.Language
	}
	if err := s.keeper.begin(o); err != nil {
		return Result{}, err
	}
	defer s.store(book)
	result := Result{Total: len(order)}
	o.Progress.start(len(order))
	defer o.Progress.stop()
	for _, i := range order {
		if ctx.Err() != nil {
			fault := &engine.Fault{Name: "Interrupted", Message: "the run was interrupted between two cells"}
			result.Failure = &Failure{i, fault, true}
			return result, nil
		}
		c := book.Cells[i]
		o.Progress.cell(c.Source)
		fault, err := s.cell(ctx, i, c)
		result.Confirmed = s.keeper.confirmed
		if err != nil {
			return result, err
		}
		result.Ran++
		o.Progress.done(fault)
		if fault != nil && (ctx.Err() != nil || !o.AllowErrors && !c.HasTag("raises-exception")) {
			result.Failure = &Failure{i, fault, ctx.Err() != nil}
			return result, nil
		}
	}
	return result, nil
}

// executed leaves out the cells that have nothing to run.
func executed(book *nb.Notebook, cells []int) []int {
	return slices.DeleteFunc(cells, func(i int) bool { return strings.TrimSpace(book.Cells[i].Source) == "" })
}

// codeCells lists the cells that have code.
func codeCells(book *nb.Notebook) []int {
	var list []int
	for i, c := range book.Cells {
		if c.Type == nb.Code {
			list = append(list, i)
		}
	}
	return list
}

// A session is one run of a notebook: the count of executions and the displays by id.
type session struct {
	engine   Engine
	options  Options
	count    int
	displays map[string][]*shown
	keeper   keeper
}

// store puts the run's ledger into the notebook, in the place of an earlier one.
func (s *session) store(book *nb.Notebook) {
	if s.options.raw {
		return
	}
	ledger.Remove(book.Metadata)
	if len(s.keeper.records) > 1 {
		ledger.Store(book.Metadata, s.keeper.records)
		if ours, err := nb.Value(book.Metadata["reprise"]); err == nil { // what Store makes can be written
			book.Metadata["reprise"] = ours
		}
	}
}

// cell runs c and records its outputs.
func (s *session) cell(ctx context.Context, index int, c *nb.Cell) (*engine.Fault, error) {
	c.Outputs, c.Count = nil, nil
	delete(c.Metadata, "execution") // the times of an earlier run
	if strings.TrimSpace(c.Source) == "" {
		return nil, nil // as in a Jupyter client, nothing to send
	}
	s.count++
	count := s.count
	rec := &recorder{session: s}
	job := engine.Cell{Name: fmt.Sprintf("cell [%d]", count), ID: c.ID, Source: c.Source, Zoom: s.options.Zoom[index]}
	s.keeper.before(&job, rec)
	outcome, err := s.run(ctx, job, rec)
	if s.options.Done != nil {
		s.options.Done(index, outcome)
	}
	var fault *engine.Fault
	if errors.As(err, &fault) {
		rec.fault(fault)
	} else if err != nil {
		return nil, fmt.Errorf("cell [%d]: %w", count, err)
	}
	if outcome.Value != nil && fault == nil {
		rec.result(*outcome.Value, count)
	}
	c.Count = &count
	c.Outputs, err = rec.outputs()
	if err != nil {
		return nil, fmt.Errorf("cell [%d]: %w", count, err)
	}
	if !s.options.raw {
		c.Outputs = coalesce(c.Outputs)
	}
	return fault, s.keeper.after(outcome.Record, fault)
}

// run bounds the cell's time, and says in the fault why the cell was stopped.
func (s *session) run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	bounded := ctx
	if s.options.Timeout > 0 {
		var cancel context.CancelFunc
		bounded, cancel = context.WithTimeout(ctx, s.options.Timeout)
		defer cancel()
	}
	outcome, err := s.engine.Run(bounded, c, out)
	var fault *engine.Fault
	if !errors.As(err, &fault) || bounded.Err() == nil {
		return outcome, err
	}
	stopped := *fault
	stopped.Name, stopped.Message = "Interrupted", "the run was interrupted"
	if ctx.Err() == nil {
		stopped.Name, stopped.Message = "Timeout", fmt.Sprintf("the cell ran longer than %v; raise --timeout", s.options.Timeout)
	}
	return outcome, &stopped
}
