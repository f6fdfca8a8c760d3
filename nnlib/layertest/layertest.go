// Package layertest holds layers to the promises of nnlib.Layer. Catalogue lists
// every layer of nnlib; a layer of one's own is tested by Run with its own Case.
package layertest

import (
	"math"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// A Case is a layer in one configuration.
type Case struct {
	Name string             // "Dense tanh"; begins with the layer's type
	New  func() nnlib.Layer // a new one each time, configured alike
	In   []nnlib.Shape      // of one sample of each input
	Out  nnlib.Shape        // what it should make of them

	Below     int  // inputs are whole numbers from 0 to Below-1, and have no gradient
	Lattice   bool // inputs are 0.1 apart at least: the layer has kinks where two are equal
	Mask      bool // some samples' last time steps are masked, in each input [time features] other ones
	Positions bool // positive inputs only

	Wrong    []nnlib.Shape // shapes that it must refuse
	WrongSay string        // part of what it then says
}

// batch is the number of samples that the checks use.
const batch = 3

// Run checks everything that all layers promise.
func Run(t *testing.T, c Case) {
	t.Run("Shape", c.shape)
	t.Run("GradientTraining", func(t *testing.T) { c.gradient(t, true) })
	t.Run("GradientInference", func(t *testing.T) { c.gradient(t, false) })
	t.Run("SameSeedSameBits", c.sameSeed)
	t.Run("OtherStreamsDoNotMatter", c.otherStreams)
	t.Run("InferenceDrawsNothing", c.inferenceDrawsNothing)
	t.Run("RowsAreIndependent", c.rowsAreIndependent)
	t.Run("WrongShape", c.wrongShape)
	t.Run("StepAllocatesNothing", c.stepAllocatesNothing)
	t.Run("SaveAndLoad", c.saveAndLoad)
}

func (c Case) probe(t *testing.T, root *rng.Tree) *nnlib.Probe {
	t.Helper()
	p, err := nnlib.NewProbe(c.New(), "layer", root, c.In...)
	if err != nil {
		t.Fatal(err)
	}
	c.mask(p, 0, batch)
	return p
}

// mask sets the masks of samples from, from+1, ... to-1.
func (c Case) mask(p *nnlib.Probe, from, to int) {
	if !c.Mask {
		return
	}
	masks := make([]*nnlib.Tensor, len(c.In))
	for n, in := range c.In {
		if len(in) != 2 {
			continue
		}
		masks[n] = nnlib.NewTensor(to-from, in[0])
		for i := from; i < to; i++ {
			missing := i // sample i misses its last i steps
			if n%2 == 1 {
				missing = batch - 1 - i
			}
			for k := range in[0] - missing {
				masks[n].Set(1, i-from, k)
			}
		}
	}
	p.Mask(masks...)
}

// Inputs returns the same random batch each time.
func (c Case) Inputs() []*nnlib.Tensor {
	var all []*nnlib.Tensor
	s := rng.Root(7).Stream("layertest", "inputs")
	for _, shape := range c.In {
		x := nnlib.NewTensor(append([]int{batch}, shape...)...)
		order := s.Perm(len(x.Data))
		for i := range x.Data {
			switch {
			case c.Below > 0:
				x.Data[i] = float32(s.IntN(c.Below))
			case c.Lattice:
				x.Data[i] = (float32(order[i]-len(order)/2) + 0.5) / 10 // off whole tenths
			default:
				x.Data[i] = float32(s.NormFloat64())
			}
			if c.Positions && x.Data[i] < 0.2 {
				x.Data[i] = 0.2 - x.Data[i]
			}
		}
		all = append(all, x)
	}
	return all
}

func (c Case) shape(t *testing.T) {
	p := c.probe(t, rng.Root(1))
	if !slices.Equal(p.Out, c.Out) {
		t.Fatalf("%v becomes %v, want %v", c.In, p.Out, c.Out)
	}
	for _, v := range p.Forward(true, c.Inputs()...).Data {
		if v-v != 0 {
			t.Fatal("the output is not finite")
		}
	}
}

func (c Case) sameSeed(t *testing.T) {
	run := func() []float32 {
		p := c.probe(t, rng.Root(1))
		y := p.Forward(true, c.Inputs()...)
		bits := slices.Clone(y.Data)
		for _, g := range p.Backward(direction(y)) {
			bits = append(bits, g.Data...)
		}
		return append(bits, p.Forward(true, c.Inputs()...).Data...)
	}
	if !sameBits(run(), run()) {
		t.Error("two layers with one seed compute other bits")
	}
}

func (c Case) otherStreams(t *testing.T) {
	a, b := rng.Root(1), rng.Root(1)
	b.Stream("another").NormFloat64()
	b.Stream("layer2", "kernel").Uint64()
	b.Next("model")
	pa, pb := c.probe(t, a), c.probe(t, b)
	b.Stream("shuffle").Perm(10)
	if !sameBits(pa.Forward(true, c.Inputs()...).Data, pb.Forward(true, c.Inputs()...).Data) {
		t.Error("draws from other streams change the layer")
	}
}

func (c Case) inferenceDrawsNothing(t *testing.T) {
	root := rng.Root(1)
	p := c.probe(t, root)
	mark := root.Mark()
	first := p.Forward(false, c.Inputs()...)
	if drawn := root.Since(mark); len(drawn) > 0 {
		t.Errorf("inference draws: %v", drawn)
	}
	for _, w := range p.Params {
		if strings.Contains(w.Name, "state") {
			return // a stateful layer goes on
		}
	}
	if !sameBits(first.Data, p.Forward(false, c.Inputs()...).Data) {
		t.Error("the second inference differs from the first")
	}
}

// rowsAreIndependent compares a batch with its samples one by one.
func (c Case) rowsAreIndependent(t *testing.T) {
	together := c.probe(t, rng.Root(1)).Forward(false, c.Inputs()...)
	size := len(together.Data) / batch
	for i := range batch {
		p, err := nnlib.NewProbe(c.New(), "layer", rng.Root(1), c.In...)
		if err != nil {
			t.Fatal(err)
		}
		c.mask(p, i, i+1)
		var row []*nnlib.Tensor
		for _, x := range c.Inputs() {
			n := len(x.Data) / batch
			row = append(row, &nnlib.Tensor{Shape: append(nnlib.Shape{1}, x.Shape[1:]...), Data: x.Data[i*n : (i+1)*n]})
		}
		if !sameBits(p.Forward(false, row...).Data, together.Data[i*size:(i+1)*size]) {
			t.Errorf("sample %d alone gives other bits than in the batch", i)
		}
	}
}

func (c Case) wrongShape(t *testing.T) {
	if len(c.Wrong) == 0 {
		return // it takes any shape
	}
	for _, shape := range c.Wrong {
		in := slices.Clone(c.In)
		in[len(in)-1] = shape
		_, err := nnlib.NewProbe(c.New(), "layer", rng.Root(1), in...)
		if err == nil || !strings.HasPrefix(err.Error(), "nnlib: layer layer: ") || !strings.Contains(err.Error(), c.WrongSay) {
			t.Errorf("shape %v: got %v, want an error that says %q", shape, err, c.WrongSay)
		}
	}
}

// Model returns a model of this layer alone, with a dense end, and data for it.
func (c Case) Model(s *nnlib.Session) (m *nnlib.Model, X any, y *nnlib.Tensor) {
	var nodes []*nnlib.Node
	for _, shape := range c.In {
		nodes = append(nodes, nnlib.Input(shape...))
	}
	end := nnlib.Apply(&nnlib.Dense{Units: 2}, nnlib.Apply(c.New(), nodes...))
	m = s.NewModel(nodes, []*nnlib.Node{end})
	y = m.Predict(c.Inputs()).Clone()
	r := rng.Root(8).Stream("layertest", "targets")
	for i := range y.Data {
		y.Data[i] = float32(r.NormFloat64())
	}
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	return m, c.Inputs(), y
}

func (c Case) stepAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes sync.Pool forget, so allocations cannot be counted")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties sync.Pool too
	m, X, y := c.Model(nnlib.Within(rng.Root(1)))
	fit := func(epochs int) float64 {
		return testing.AllocsPerRun(2, func() { m.Fit(X, y, nnlib.Fit{Epochs: epochs, BatchSize: 2}) })
	}
	// A training that is long beside its data also hashes them, once. A worker that begins or ends in
	// between is counted too, but not every time.
	var few, many float64
	for range 5 {
		if few, many = fit(20), fit(40); many <= few {
			return
		}
	}
	t.Errorf("%v allocations for 20 epochs, %v for 40", few, many)
}

// saveAndLoad wants the loaded model to predict the same bits. A layer that is not
// one of nnlib's cannot be saved as a model, only its weights.
func (c Case) saveAndLoad(t *testing.T) {
	m, X, y := c.Model(nnlib.Within(rng.Root(1)))
	m.Fit(X, y, nnlib.Fit{})
	file, other := filepath.Join(t.TempDir(), "model.safetensors"), rng.Root(2)
	if err := m.Save(file); err != nil {
		if strings.Contains(err.Error(), "is not one of nnlib's types") {
			return
		}
		t.Fatal(err)
	}
	loaded, err := nnlib.Within(other).LoadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	if !sameBits(loaded.Predict(X).Data, m.Predict(X).Data) {
		t.Error("the loaded model predicts other bits")
	}
	if drawn := other.Ledger(); len(drawn) > 0 {
		t.Errorf("loading draws: %v", drawn)
	}
}

// direction is the gradient that the checks send back: fixed and irregular.
func direction(y *nnlib.Tensor) *nnlib.Tensor {
	dy := nnlib.NewTensor(y.Shape...)
	s := rng.Root(9).Stream("layertest", "direction")
	for i := range dy.Data {
		dy.Data[i] = float32(s.NormFloat64())
	}
	return dy
}

func sameBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}
