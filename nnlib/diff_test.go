package nnlib_test

import (
	"math"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// A fault is what one of two trainings has that the other has not.
type fault struct {
	name string
	seed uint64
	data func(X, y [][]float64)
	fit  func(f *nnlib.Fit)

	forward, backward float64 // ulps by which the layer glitch is wrong, in step
	kernel            bool    // its kernel's gradient, at step
	adam              nnlib.Adam
	slips             int                                  // the step that the optimizer gets wrong; 0 is none
	after             func(root *rng.Tree, m *nnlib.Model) // step, a callback
	before            func(root *rng.Tree)                 // the training

	class trace.Class
	kind  trace.Kind
	what  string // layer, weight or stream
	first int    // the step that must be named
	says  string // a part of the text
}

const faultAt = 137 // epoch 6, batch 13 of 25

var faults = []fault{
	{name: "activation", forward: 1000, class: trace.Forward, kind: trace.Activation, what: "glitch", first: faultAt, says: "1000 ULP apart); 1 of 256 elements differ"},
	{name: "input gradient", backward: 1 << 20, class: trace.Backward, kind: trace.InputGrad, what: "glitch", first: faultAt, says: "1048576 ULP apart"},
	{name: "weight gradient", kernel: true, class: trace.Backward, kind: trace.Gradient, what: "glitch/kernel", first: faultAt, says: "element [0, 0]"},
	{name: "optimizer state", slips: faultAt, class: trace.Update, kind: trace.Updated, what: "dense_1/kernel", first: faultAt},
	{name: "extra draw from shuffle", after: draw("model", 1, "shuffle"), class: trace.ExtraDraw, kind: trace.Draws, what: "stream model/1/shuffle", first: faultAt + 1},
	{name: "extra draw from dropout", after: draw("model", 1, "dropout_1", "forward"), class: trace.ExtraDraw, kind: trace.Draws, what: "stream model/1/dropout_1/forward", first: faultAt + 1},
	{name: "draw before the training", before: func(root *rng.Tree) { draw("model", 1, "shuffle")(root, nil) }, class: trace.OtherOrder, kind: trace.Order, first: 0},
	{name: "reordered batch", after: func(_ *rng.Tree, m *nnlib.Model) { nnlib.SwapSamples(m, 16*13, 16*20) }, class: trace.OtherOrder, kind: trace.Order, first: faultAt + 1},
	{name: "changed datum", data: func(X, _ [][]float64) { X[77][3] += 1e-6 }, class: trace.OtherData, kind: trace.Input, first: -1, says: "row 77 of X, column 3"},
	{name: "changed target", data: func(_, y [][]float64) { y[399][2] = 0.5 }, class: trace.OtherData, kind: trace.Target, first: -1, says: "row 399 of y, column 2"},
	{name: "learning rate", adam: nnlib.Adam{LearningRate: 0.0011}, class: trace.OtherSetup, kind: trace.Rate, first: 0, says: "optimizer: slipped adam=(Adam) and slipped adam=(Adam learning_rate=0.0011)"},
	{name: "beta", adam: nnlib.Adam{Beta2: 0.9}, class: trace.OtherSetup, kind: trace.Slot, what: "dense_1/kernel", first: 0, says: "beta2=0.9"},
	{name: "other seed", seed: 2, class: trace.InitialWeights, kind: trace.Weights, what: "dense_1/kernel", first: 0, says: "seed: 1 and 2"},
	{name: "weights changed by a callback", after: nudge, class: trace.ChangedWeights, kind: trace.Weights, what: "dense_2/bias", first: faultAt + 1},
	{name: "no shuffle", fit: func(f *nnlib.Fit) { f.NoShuffle = true }, class: trace.ExtraDraw, kind: trace.Draws, what: "stream model/1/shuffle", first: 0, says: "shuffle: (none) and false"},
}

func draw(names ...any) func(*rng.Tree, *nnlib.Model) {
	return func(root *rng.Tree, _ *nnlib.Model) { root.Stream(names...).Uint32() }
}

func nudge(_ *rng.Tree, m *nnlib.Model) {
	for _, p := range m.Params() {
		if p.Name == "dense_2/bias" {
			p.Value.Data[1] += 1e-3
		}
	}
}

// slipped is an Adam that makes a mistake in one step.
type slipped struct {
	*nnlib.Adam
	at, step int
}

func (s *slipped) Step(params []*nnlib.Param) {
	s.Adam.Step(params)
	if s.at > 0 && s.step == s.at {
		ulps(params[0].Value.Data, 1)
	}
	s.step++
}

// ulps moves the first element of x that is not zero.
func ulps(x []float32, n float64) {
	for i, v := range x {
		if v != 0 {
			x[i] = math.Float32frombits(math.Float32bits(v) + uint32(n))
			return
		}
	}
}

// glitch is a Dense that is wrong in one step.
type glitch struct {
	nnlib.Dense
	f     *fault // nil in training A
	model *nnlib.Model
	step  int
}

func (g *glitch) Forward(p *nnlib.Pass) {
	g.Dense.Forward(p)
	if g.f != nil && g.step == faultAt {
		ulps(p.Out.Data, g.f.forward)
	}
}

func (g *glitch) Backward(p *nnlib.Pass) {
	g.Dense.Backward(p)
	if g.f != nil && g.step == faultAt {
		ulps(p.InGrad[0].Data, g.f.backward)
		for _, w := range g.model.Params() {
			if g.f.kernel && w.Name == "glitch/kernel" {
				ulps(w.Grad.Data, 1<<16)
			}
		}
	}
	g.step++
}

// train is one training of 150 steps; f is nil in A.
func train(f *fault, from, to int) *nnlib.History {
	var none fault
	seed, with := uint64(1), &none
	if f != nil {
		with = f
		seed = max(f.seed, 1)
	}
	root := rng.Root(seed)
	g := &glitch{Dense: nnlib.Dense{Units: 16, Activation: "relu", Name: "glitch"}, f: f}
	m := nnlib.Within(root).NewSequential(&nnlib.Dense{Units: 16, InputDim: 8, Activation: "tanh"}, &nnlib.Dropout{Rate: 0.2}, g, &nnlib.Dense{Units: 4})
	g.model = m
	adam := with.adam
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &slipped{Adam: &adam, at: with.slips}})
	X, y := samples()
	if with.data != nil {
		with.data(X, y)
	}
	step := 0
	fit := nnlib.Fit{Epochs: 6, BatchSize: 16, ZoomFrom: from, ZoomTo: to, Callbacks: []nnlib.Callback{nnlib.Hooks{OnBatchEnd: func(int, float64) {
		if step == faultAt && with.after != nil {
			with.after(root, m)
		}
		step++
	}}}}
	if with.fit != nil {
		with.fit(&fit)
	}
	if with.before != nil {
		with.before(root)
	}
	return m.Fit(X, y, fit)
}

// samples are 400 rows of 8 numbers, and 4 targets.
func samples() (X, y [][]float64) {
	s := rng.Root(9).Stream("samples")
	for range 400 {
		row, sum := make([]float64, 8), 0.0
		for j := range row {
			row[j] = s.Float64()
			sum += row[j]
		}
		X, y = append(X, row), append(y, []float64{sum, -sum, row[0], row[1]})
	}
	return X, y
}

// Every fault is found: what is always recorded gives a range of steps, and a closer look
// at them the step, the kind of tensor and its name.
func TestDiffLocatesFaults(t *testing.T) {
	a := train(nil, 0, 0)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			b := train(&f, 0, 0)
			rough := a.Diff(b)
			if rough.Class == trace.Same {
				t.Fatal("not noticed")
			}
			t.Log(rough)
			if f.first >= 0 && rough.To > 0 && (f.first < rough.From || f.first >= rough.To) {
				t.Errorf("step %d is not in [%d, %d)", f.first, rough.From, rough.To)
			}
			from, to := rough.From, max(rough.To, rough.From+1)
			d := train(nil, from, to).Diff(train(&f, from, to))
			t.Log(d)
			f.judge(t, d)
		})
	}
}

func (f *fault) judge(t *testing.T, d *trace.Divergence) {
	t.Helper()
	if d.Class != f.class || d.First == nil || d.First.Kind != f.kind {
		t.Fatalf("class %q, first %+v; want %q, %s", d.Class, d.First, f.class, f.kind)
	}
	if f.what != "" && (len(d.Names) != 1 || d.Names[0] != f.what) {
		t.Errorf("names %q, want %q", d.Names, f.what)
	}
	if f.first >= 0 && (d.From != f.first || !d.Located()) {
		t.Errorf("steps [%d, %d), want %d", d.From, d.To, f.first)
	}
	if !strings.Contains(d.String(), f.says) {
		t.Errorf("it does not say %q:\n%s", f.says, d)
	}
}

// The same training twice has the same trace, looked at closely or not.
func TestDiffOfTheSame(t *testing.T) {
	for _, d := range []*trace.Divergence{
		train(nil, 0, 0).Diff(train(nil, 0, 0)), train(nil, 0, 10).Diff(train(nil, 0, 10)), train(nil, 0, 0).Diff(train(nil, 0, 10)),
	} {
		if d.Class != trace.Same || d.String() != "same" {
			t.Errorf("%s", d)
		}
	}
}

// Batches from a Generator leave a trace too, and a sample that was changed is found.
func TestDiffOfGenerators(t *testing.T) {
	fit := func(extra float64) *nnlib.History {
		X, y := samples()
		X[71][2] += extra
		m := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 4, InputDim: 8}, &nnlib.Dense{Units: 4})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
		n := -16
		next := nnlib.Generator(func() nnlib.Batch {
			n = (n + 16) % 400
			return nnlib.Batch{X: X[n : n+16], Y: y[n : n+16]}
		})
		return m.Fit(next, nil, nnlib.Fit{Epochs: 2, StepsPerEpoch: 25, ZoomFrom: 0, ZoomTo: 10})
	}
	a := fit(0)
	if d := a.Diff(fit(0)); d.Class != trace.Same {
		t.Errorf("twice the same: %s", d)
	}
	d := a.Diff(fit(0.01))
	if d.Class != trace.OtherData || d.From != 4 || d.First.Element[0] != 7 || d.First.Element[1] != 2 {
		t.Errorf("%s", d)
	}
	if text := a.Trace().String(); !strings.HasPrefix(text, "trace of model/1: 50 steps, weights hashed ") || a.Trace().Data != "" {
		t.Errorf("%s, data %q", text, a.Trace().Data)
	}
}

// However many steps there are, the weights are hashed a few times, at regular steps and at the end.
func TestTraceStaysSmall(t *testing.T) {
	X, y := sequence()
	m := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 3, InputDim: 1}, &nnlib.Dense{Units: 1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
	f := m.Fit(X, y, nnlib.Fit{Epochs: 5001, BatchSize: 9}).Trace()
	if n := len(f.Checks); n < 8 || n > 17 || f.Checks[0].Step != 0 || f.Checks[n-1].Step != 5001 {
		t.Fatalf("%d checks: %+v", n, f.Checks)
	}
	for i, c := range f.Checks[:len(f.Checks)-1] {
		if c.Step != i*f.Every {
			t.Errorf("check %d is of step %d, every %d steps there is one", i, c.Step, f.Every)
		}
	}
}
