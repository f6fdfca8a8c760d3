package nnlib

import (
	"fmt"
	"reflect"
)

// A Batch is what a Dataset or a Generator serves: samples, what they should
// become, and perhaps how much each counts. X and Y take what Fit takes.
type Batch struct {
	X, Y         any
	SampleWeight []float64
}

// A Dataset serves the batches of an epoch by number, as Keras's PyDataset does: it
// can stand in place of X in Fit, Evaluate and Predict, for data that are made as
// they are needed or do not fit in memory. Fit asks for them in shuffled order
// unless NoShuffle says otherwise, always in the same one for the same seed.
type Dataset interface {
	// Len returns how many batches an epoch has.
	Len() int
	// Batch returns batch i, from 0 to Len()-1.
	Batch(i int) Batch
}

// A Generator returns the next batch at each call, without end; Fit says by
// StepsPerEpoch how many make an epoch, Evaluate and Predict take the ones up to
// the first without X. A function of that type will do.
type Generator func() Batch

// sourceOf returns X as a source of batches, nil where it is data; steps is how many
// make an epoch, 0 for all.
func sourceOf(X any, steps int) *served {
	if g, ok := generatorOf(X); ok {
		return &served{next: func(int) Batch { return g() }, batches: steps, endless: true}
	}
	d, ok := as[Dataset](X)
	if !ok {
		return nil
	}
	n := d.Len()
	if n < 1 {
		panic(fmt.Errorf("nnlib: the Dataset has %d batches; its Len should be at least 1", n))
	}
	if steps > 0 {
		n = min(n, steps)
	}
	return &served{next: d.Batch, batches: n, of: d.Len()}
}

func generatorOf(X any) (Generator, bool) {
	X = plain(X)
	v := reflect.ValueOf(X)
	if v.Kind() != reflect.Func || !v.CanConvert(reflect.TypeFor[Generator]()) {
		return nil, false
	}
	return v.Convert(reflect.TypeFor[Generator]()).Interface().(Generator), true
}

// A served source has batches of any size.
type served struct {
	next    func(i int) Batch
	batches int  // of an epoch
	of      int  // that a Dataset has
	endless bool // a Generator
	count   int  // of batches so far

	first *Batch // taken to learn the model's input shape
}

// peek lets the first batch tell a model the shape of its input.
func (s *served) peek(m *Model) {
	if len(m.nodes) > 0 {
		return
	}
	b := s.next(0)
	if s.endless {
		s.first = &b
	}
	if b.X == nil {
		panic(fmt.Errorf("nnlib: the first batch has no X"))
	}
	m.input("X of the first batch", b.X)
}

// take returns batch i; false at the end of a Generator.
func (s *served) take(m *Model, i int) (x, y data, weights []float64, ok bool) {
	b := s.batch(i)
	if b.X == nil {
		return nil, nil, nil, false
	}
	s.count++
	x = m.input(fmt.Sprintf("X of batch %d", s.count), b.X)
	if b.Y == nil {
		return x, nil, b.SampleWeight, true
	}
	_, y, err := m.pairOf(x, "Y", b.Y)
	if err != nil {
		panic(fmt.Errorf("nnlib: X of batch %d has %w", s.count, err))
	}
	if b.SampleWeight != nil && len(b.SampleWeight) != x.samples() {
		panic(fmt.Errorf("nnlib: SampleWeight of batch %d has %d numbers for %d samples", s.count, len(b.SampleWeight), x.samples()))
	}
	return x, y, b.SampleWeight, true
}

func (s *served) batch(i int) Batch {
	if s.first != nil {
		b := *s.first
		s.first = nil
		return b
	}
	return s.next(i)
}

// A feeder makes a training's batches the ones at hand.
type feeder interface {
	// batches returns how many an epoch has.
	batches() int
	// load brings batch i to the model, and returns how many samples it has.
	load(i int) int
	// named returns the numbers of batch i's samples, or of what else the source knows it by.
	named(i int) []int
}

// arrays feeds from data in memory.
type arrays struct{ *training }

func (a arrays) batches() int { return (len(a.work.index) + a.BatchSize - 1) / a.BatchSize }

func (a arrays) named(i int) []int {
	at := i * a.BatchSize
	return a.work.index[at:min(at+a.BatchSize, len(a.work.index))]
}

func (a arrays) load(i int) int {
	batch := a.named(i)
	a.resize(len(batch))
	w := &a.Model.work
	for k, in := range a.inputs {
		gather(&in.out, a.x[k], batch)
	}
	for k, y := range a.y {
		w.want[k].rows(len(batch), y.Shape[1:])
		gather(w.want[k], y, batch)
	}
	w.weights = w.weights[:0]
	if a.weights != nil {
		for _, i := range batch {
			w.weights = append(w.weights, a.weights[i])
		}
	}
	return len(batch)
}

// sourced feeds from a Dataset or a Generator.
type sourced struct {
	*training
	*served
}

func (s sourced) batches() int { return s.served.batches }

func (s sourced) named(i int) []int {
	if s.endless {
		return nil
	}
	return s.work.index[i : i+1]
}

func (s sourced) load(i int) int {
	if !s.endless {
		i = s.work.index[i]
	}
	x, y, weights, ok := s.take(s.Model, i)
	if !ok || y == nil {
		panic(fmt.Errorf("nnlib: batch %d has no X or no Y; Fit wants %d batches of both for each of %d epochs", s.count, s.served.batches, s.Epochs))
	}
	s.feed(x)
	w := &s.Model.work
	for k, t := range y {
		w.want[k].rows(y.samples(), t.Shape[1:])
		copy(w.want[k].Data, t.Data)
	}
	w.weights = append(w.weights[:0], weights...)
	if s.ClassWeight != nil {
		w.weights = w.weights[:0]
		for i := range y.samples() {
			w.weights = append(w.weights, s.classWeight(y[0], i)*weightOf(weights, i))
		}
	}
	return x.samples()
}

// skip passes over what a training that goes on has seen already.
func (s *served) skip(epochs int) {
	for range epochs * s.batches {
		if s.endless {
			s.batch(0)
		}
		s.count++
	}
}

// sourceCheck says what a training by batches cannot have.
func (t *training) sourceCheck(s *served, y any) {
	switch {
	case y != nil:
		panic(fmt.Errorf("nnlib: with a Dataset or Generator y is nil; each Batch has its Y"))
	case t.ValidationSplit > 0 || t.SampleWeight != nil:
		panic(fmt.Errorf("nnlib: a Dataset or Generator has no ValidationSplit and no SampleWeight; give ValidationX, and weights in each Batch"))
	case s.batches < 1:
		panic(fmt.Errorf("nnlib: a Generator has no end; say by StepsPerEpoch how many batches make an epoch"))
	}
}

// share is how far i batches of an epoch are, in samples where they are known.
func (t *training) share(i, rows int) (done, of int) {
	if a, ok := t.feeder.(arrays); ok {
		return min(i*t.BatchSize+rows, len(a.work.index)), len(a.work.index)
	}
	return i + 1, t.feeder.batches()
}
