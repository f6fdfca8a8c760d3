package engine

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// A Source is what the running cell can see of the notebook, as a digest: equal digests mean equal code that meets equal values.
type Source struct {
	Execution int // another number in every execution of a cell
	Digest    string
}

// Source is that of the cell that runs at this moment: its text, the declarations that it
// names and those that these name, and the values of the variables among them. Comments,
// layout and how often an experiment is repeated do not count. It is an error when a value has no bytes
// that could be digested, as a closure or a channel.
func (e *Engine) Source() (Source, error) {
	r := e.rt.mine()
	if r == nil || r.prog == nil {
		return Source{}, errors.New("engine: no cell runs")
	}
	s := Source{Execution: r.number}
	reach := e.pkg.Reach(r.prog, r.defined)
	h := sha256.New()
	for _, text := range reach.Text {
		fmt.Fprintf(h, "%d %s\n", len(text), text)
	}
	values := e.interp.Globals()
	for _, name := range slices.Sorted(maps.Keys(reach.Vars)) {
		io.WriteString(h, name+" ")
		w := &valueDigest{h: h, seen: map[visit]int{}}
		if err := w.variable(values[reach.Vars[name]]); err != nil {
			return s, fmt.Errorf("the experiment can use the variable %s, %w", name, err)
		}
	}
	s.Digest = fmt.Sprintf("%x", h.Sum(nil))
	return s, nil
}

// Context ends when the running cell is interrupted, or over.
func (e *Engine) Context() context.Context {
	r := e.rt.mine()
	if r == nil {
		return context.Background()
	}
	r.once.Do(func() {
		ctx, cancel := context.WithCancel(r.ctx)
		r.live = ctx
		go func() {
			defer cancel()
			select {
			case <-r.stopped:
			case <-r.ctx.Done():
			}
		}()
	})
	return r.live
}
