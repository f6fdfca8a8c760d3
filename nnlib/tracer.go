package nnlib

import (
	"fmt"
	"math"
	"math/bits"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// Collect hands the traces of the program's trainings to c from now on; nil to nobody.
func Collect(c *trace.Collector) {
	program.mu.Lock()
	defer program.mu.Unlock()
	program.collector = c
}

func (s *Session) collecting() *trace.Collector {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.collector
}

// usualChecks is how often the weights of one training are hashed at most, beside the end.
const usualChecks = 16

// A tracer follows one training. The losses of all steps and the draws of all epochs go into
// running hashes. Every so many steps, the weights are hashed and a row is added; when the table
// is full, every second row goes, and the next ones come half as often.
type tracer struct {
	model     *Model
	fit       *trace.Fit
	collector *trace.Collector // nil when nobody takes the trace
	number    int

	streams     []*rng.Stream // of layers
	loss, draws uint64
	step, next  int
	hashed      int // the step before which the weights were hashed last; below 0 in an earlier training
	period      int // steps that are worth a hash of the weights

	table []uint32 // rows of step, loss, draws, weights
	width int      // of a row
	room  int      // rows

	zoom *zoom // nil unless asked for
}

// begin starts the trace of t.
func (r *tracer) begin(t *training) {
	m := t.Model
	if m.session.untraced {
		return
	}
	r.model, r.room = m, usualChecks
	r.width = 3 + len(m.params)
	for _, n := range m.nodes {
		if n.layer != nil {
			r.streams = append(r.streams, n.stream)
		}
	}
	r.fit = &trace.Fit{Model: fmt.Sprintf("model/%d", m.number), Batches: t.feeder.batches(), Late: t.setup()}
	r.fit.Weights = m.weightNames()
	t.history.trace = r.fit
	steps := r.fit.Batches * max(t.Epochs-t.InitialEpoch, 0)
	r.ask(t, steps)
	rows := min(r.room, steps/r.fit.Every+1) + 1
	r.table, r.fit.Checks = make([]uint32, 0, r.width*rows), make(trace.Checks, 0, rows)
	r.next, r.hashed = r.fit.Every, -m.unhashed
	if !m.hashed || m.unhashed >= r.period {
		r.check()
	}
}

// ask chooses how fine the trace is, from sizes alone: at most one part in 400 of the time of
// a step is for hashes of the weights, and one in 200 of all steps' for that of the data.
func (r *tracer) ask(t *training, steps int) {
	weights := 0
	for _, p := range r.model.params {
		weights += len(p.Value.Data)
	}
	numbers := 0
	for _, x := range append(t.x[:len(t.x):len(t.x)], t.y...) {
		numbers += len(x.Data)
	}
	step := 1000 + weights + t.BatchSize*weights/5 // estimates in nanoseconds
	hash := 20*len(r.model.params) + weights/2
	r.period = 1 << bits.Len(uint(400*hash/step))
	r.fit.Every = r.period
	r.collector = r.model.session.collecting()
	var z *trace.Zoom
	if r.number, z = r.collector.Begin(); z != nil {
		r.closer(z)
	}
	if t.ZoomTo > t.ZoomFrom {
		r.zoom = newZoom(r.model, r.fit, t.ZoomFrom, t.ZoomTo)
	}
	if len(t.x) > 0 && (numbers/2 <= steps*(step/200) || r.zoom != nil) { // a Generator's data are not there yet
		r.fit.Data = fmt.Sprintf("%016x", t.hashData())
	}
}

// closer makes the trace finer than usual.
func (r *tracer) closer(z *trace.Zoom) {
	if z.Checks > 0 {
		r.room, r.fit.Every = z.Checks, 1
	}
	r.zoom = newZoom(r.model, r.fit, z.From, z.To)
}

// epoch is called when the order of the samples is there, and at the end.
func (r *tracer) epoch() {
	if r.fit == nil {
		return
	}
	h := exact.Fold(r.draws, r.model.world.taken(r.model.shuffle))
	for _, s := range r.streams {
		h = exact.Fold(h, s.Position())
	}
	r.draws = h
}

// batch takes the loss of a step that is done.
func (r *tracer) batch(loss float64) {
	if r.fit == nil {
		return
	}
	if loss != loss {
		loss = math.NaN() // one of them
	}
	r.loss = exact.Fold(r.loss, math.Float64bits(loss))
	r.step++
	if r.step == r.next {
		r.next += r.fit.Every
		r.check()
	}
}

// check adds a row.
func (r *tracer) check() {
	if len(r.table) == r.room*r.width {
		r.thin()
		if r.step%r.fit.Every != 0 {
			return
		}
	}
	r.row()
}

func (r *tracer) row() {
	r.table = append(r.table, uint32(r.step), trace.Word(r.loss), trace.Word(r.draws))
	for _, p := range r.model.params {
		r.table = append(r.table, trace.Word(exact.Hash32(p.Value.Data)))
	}
	r.hashed = r.step
}

// thin makes the steps between rows twice as many.
func (r *tracer) thin() {
	r.fit.Every *= 2
	kept := r.table[:0]
	for at := 0; at < len(r.table); at += r.width {
		if row := r.table[at : at+r.width]; int(row[0])%r.fit.Every == 0 {
			kept = append(kept, row...)
		}
	}
	r.table = kept
	r.next = (r.step/r.fit.Every + 1) * r.fit.Every
}

// end closes the trace, however the training ended, and hands it over.
func (r *tracer) end() {
	if r.fit == nil {
		return
	}
	r.epoch()
	since := r.step - r.hashed
	if since > 0 && (since >= r.period || r.step >= r.period || r.zoom != nil) {
		r.row()
	}
	r.model.hashed, r.model.unhashed = true, r.step-r.hashed
	r.fit.Steps = r.step
	digest := exact.Fold(exact.Fold(exact.Fold(0, uint64(r.step)), r.loss), r.draws)
	for at := 0; at < len(r.table); at += r.width {
		row := r.table[at : at+r.width]
		r.fit.Checks = append(r.fit.Checks, trace.Check{Step: int(row[0]), Loss: row[1], Draws: row[2], Weights: row[3:]})
		if int(row[0]) == r.step {
			for _, w := range row[3:] {
				digest = exact.Fold(digest, uint64(w))
			}
		}
	}
	r.fit.Digest = fmt.Sprintf("%016x", digest)
	r.collector.End(r.number, r.fit)
}
