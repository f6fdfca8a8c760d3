package nnlib

import (
	"errors"
	"fmt"
	"math"
	"time"

	"reprise/nnlib/exact"
)

// Fit says how long and on what a model learns. Its zero value is one epoch of
// batches of 32, shuffled, in silence.
type Fit struct {
	Epochs    int // 1 by default
	BatchSize int // 32 by default; the last batch of an epoch may be smaller
	Verbose   int // 0 is silent; with 1, a line shows the progress and disappears at the end
	NoShuffle bool

	ValidationSplit float64 // the share of the samples, at the end, that is kept for validation
	ValidationX     any     // or data of its own, or a Dataset or Generator
	ValidationY     any

	SampleWeight []float64       // how much each sample counts in the loss
	ClassWeight  map[int]float64 // how much each class counts; classes are numbers or one-hot rows

	StepsPerEpoch   int // how many batches of a Generator make an epoch; of a Dataset, all by default
	ValidationSteps int // likewise for ValidationX

	Callbacks    []Callback
	InitialEpoch int // the number of the first epoch, where training goes on

	// Every tensor of steps ZoomFrom to ZoomTo-1, from 0, is hashed, so that
	// History.Diff can name the first one that differs.
	ZoomFrom, ZoomTo int
}

// work is what Fit, Evaluate and Predict keep from batch to batch.
type work struct {
	learners []*Param // the trainable weights
	want     data     // what the outputs should have been
	losses   []float64
	weights  []float64 // of the batch's samples; nil when all count 1
	index    []int
	views    [3]Tensor
}

// A training is one call of Fit.
type training struct {
	*Model
	Fit
	x, y       data
	weights    []float64 // of all samples; nil when all count 1
	feeder     feeder
	validation struct {
		x, y   data
		source *served
	}
	history  *History
	hooks    []Hooks
	tracer   tracer
	shown    time.Time
	progress func(line string)
	stop     bool   // set by StopTraining
	ended    int    // the epoch after the last one that has ended
	digest   string // of the data, once it was asked for
}

// Fit teaches the model to turn X into y, and returns what happened. X may be a
// Dataset or a Generator; y is then nil.
func (m *Model) Fit(X, y any, f Fit) *History {
	t := m.training(X, y, f)
	m.stopping = &t.stop
	defer t.end()
	t.begin()
	t.tracer.begin(t)
	defer t.tracer.end()
	for epoch := t.InitialEpoch; epoch < t.Epochs && !t.stop; epoch++ {
		if !f.NoShuffle {
			m.world.shuffle(m.shuffle, m.work.index)
		}
		t.tracer.epoch()
		t.epoch(epoch)
		t.ended = epoch + 1
		t.each(func(h *Hooks) func(*training) { return h.backup })
	}
	for i := range t.hooks {
		t.hooks[i].trainEnd()
	}
	t.each(func(h *Hooks) func(*training) { return h.done })
	return t.history
}

// end takes the progress away, and lets go of the data.
func (t *training) end() {
	t.progress("")
	t.x, t.y, t.weights, t.validation.x, t.validation.y = nil, nil, nil, nil, nil
}

// begin goes on where a checkpoint says, and tells the callbacks.
func (t *training) begin() {
	t.each(func(h *Hooks) func(*training) { return h.restore })
	err := t.resume(t.pending)
	t.pending = nil
	if err != nil {
		panic(err)
	}
	for i := range t.hooks {
		t.hooks[i].trainBegin()
	}
}

func (t *training) each(of func(h *Hooks) func(*training)) {
	for i := range t.hooks {
		if f := of(&t.hooks[i]); f != nil {
			f(t)
		}
	}
}

func (m *Model) training(X, y any, f Fit) *training {
	if !m.compiled {
		panic(errors.New("nnlib: the model is not compiled; call Compile before Fit"))
	}
	if f.Epochs < 0 || f.InitialEpoch < 0 {
		panic(fmt.Errorf("nnlib: Fit wants Epochs and InitialEpoch from 0, got %d and %d", f.Epochs, f.InitialEpoch))
	}
	f.Epochs = max(f.Epochs, 1)
	if f.BatchSize == 0 {
		f.BatchSize = 32
	}
	if f.BatchSize < 0 || f.ValidationSplit < 0 || f.ValidationSplit >= 1 {
		panic(fmt.Errorf("nnlib: Fit wants a BatchSize above 0 and a ValidationSplit in [0, 1), got %d and %v", f.BatchSize, f.ValidationSplit))
	}
	t := &training{Model: m, Fit: f, history: &History{Metrics: map[string][]float64{}}}
	_, t.progress, _ = m.session.now()
	t.data(X, y)
	m.work.learners = m.learners()
	if m.shuffle == nil {
		m.shuffle = m.tree.Stream(append(m.path(), "shuffle")...)
	}
	m.last, t.ended = t, f.InitialEpoch
	for len(m.work.want) < len(m.outputs) {
		m.work.want = append(m.work.want, &Tensor{})
	}
	t.history.BatchLoss = make([]float64, 0, min(t.feeder.batches()*f.Epochs, 1<<20))
	t.history.Loss = make([]float64, 0, min(f.Epochs, 1<<20))
	t.history.Epoch = make([]int, 0, min(f.Epochs, 1<<20))
	for _, c := range f.Callbacks {
		t.hooks = append(t.hooks, c.Hooks(m))
	}
	return t
}

// learners returns the trainable weights.
func (m *Model) learners() []*Param {
	m.work.learners = m.work.learners[:0]
	for _, p := range m.params {
		if p.Trainable {
			m.work.learners = append(m.work.learners, p)
		}
	}
	return m.work.learners
}

// data takes X and y, and what is kept for validation.
func (t *training) data(X, y any) {
	total := 0
	if s := sourceOf(X, t.StepsPerEpoch); s != nil {
		t.sourceCheck(s, y)
		s.peek(t.Model)
		t.feeder = sourced{t, s}
		t.order(s.of)
	} else {
		t.x, t.y = t.pair("X", X, "y", y)
		total = t.x.samples()
	}
	switch {
	case t.ValidationX != nil:
		if t.validation.source = sourceOf(t.ValidationX, t.ValidationSteps); t.validation.source == nil {
			t.validation.x, t.validation.y = t.pair("ValidationX", t.ValidationX, "ValidationY", t.ValidationY)
		}
	case t.ValidationSplit > 0:
		n := t.x.samples()
		keep := exact.ToInt(math.Floor(float64(n) * (1 - t.ValidationSplit)))
		if keep < 1 || keep == n {
			panic(fmt.Errorf("nnlib: ValidationSplit %v of %d samples leaves %d to learn from", t.ValidationSplit, n, keep))
		}
		t.validation.x, t.validation.y = t.x.from(keep, n), t.y.from(keep, n)
		t.x, t.y = t.x.from(0, keep), t.y.from(0, keep)
	}
	if t.feeder == nil {
		t.weights = t.sampleWeights(total)
		t.feeder = arrays{t}
		t.order(t.x.samples())
	}
}

// order numbers what is shuffled: samples, or the batches of a Dataset.
func (t *training) order(n int) {
	t.work.index = t.work.index[:0]
	for i := range n {
		t.work.index = append(t.work.index, i)
	}
}

// pair turns one X and y into tensors of as many samples.
func (m *Model) pair(nameX string, X any, nameY string, y any) (data, data) {
	x, y2, err := m.pairOf(m.input(nameX, X), nameY, y)
	if err != nil {
		panic(fmt.Errorf("nnlib: %s has %w", nameX, err))
	}
	return x, y2
}

// pairOf adds what samples should become.
func (m *Model) pairOf(x data, nameY string, y any) (data, data, error) {
	ty := m.target(nameY, y)
	if x.samples() != ty.samples() {
		return nil, nil, fmt.Errorf("%d samples and %s has %d; each sample needs its answer", x.samples(), nameY, ty.samples())
	}
	return x, ty, nil
}

func (t *training) epoch(epoch int) {
	for i := range t.hooks {
		t.hooks[i].epochBegin(epoch)
	}
	for _, m := range t.metrics {
		m.Reset()
	}
	samples, sum := 0, 0.0
	for i := 0; i < t.feeder.batches() && !t.stop; i++ {
		rows := t.feeder.load(i)
		loss := t.step(t.feeder.named(i))
		t.tracer.batch(loss)
		if !finiteNumber(loss) && !t.toleratesNaN() {
			panic(fmt.Errorf("nnlib: the loss became %v in epoch %d, batch %d: %s; lower the learning rate, scale the data, or set Compile.ClipNorm",
				loss, epoch+1, i+1, t.firstNaN()))
		}
		samples += rows
		sum += float64(loss * float64(rows))
		t.history.BatchLoss = append(t.history.BatchLoss, loss)
		t.report(epoch, i, rows, sum/float64(samples))
		for k := range t.hooks {
			t.hooks[k].batchEnd(i, loss)
		}
	}
	t.record(epoch, sum/float64(max(samples, 1)))
}

// step learns from the batch at hand, whose samples have these numbers, and returns its loss.
func (t *training) step(batch []int) float64 {
	m, w := t.Model, &t.Model.work
	zoom := t.tracer.zoom.at(t.tracer.step)
	zoom.begin(batch)
	m.forward(true)
	loss := m.lossAndGrad()
	zoom.forward(loss)
	for _, p := range w.learners {
		clear(p.Grad.Data)
	}
	m.backward()
	zoom.backward()
	loss += m.restrain() + m.extra()
	m.clip.gradients(w.learners)
	zoom.restrained()
	m.optimizer.Step(w.learners)
	for _, p := range w.learners {
		if p.Constraint != nil {
			p.Constraint.Constrain(p.Value)
		}
	}
	zoom.updated()
	return loss
}
