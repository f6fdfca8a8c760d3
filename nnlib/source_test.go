package nnlib_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
)

// pieces is a Dataset of the batches of some data, and counts which were asked for.
type pieces struct {
	X, y  *nnlib.Tensor
	size  int
	asked []int
}

func (p *pieces) Len() int { return (p.X.Shape[0] + p.size - 1) / p.size }

func (p *pieces) Batch(i int) nnlib.Batch {
	p.asked = append(p.asked, i)
	low, high := i*p.size, min((i+1)*p.size, p.X.Shape[0])
	return nnlib.Batch{X: p.X.Part(low, high), Y: p.y.Part(low, high)}
}

// stream is a Generator of the same batches, again and again.
func (p *pieces) stream() nnlib.Generator {
	i := 0
	return func() nnlib.Batch {
		b := p.Batch(i % p.Len())
		i++
		return b
	}
}

func sourceModel() *nnlib.Model {
	m := fresh().NewSequential(&nnlib.Dense{Units: 5, Activation: "tanh"}, &nnlib.Dropout{Rate: 0.2}, &nnlib.Dense{Units: 1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam", Metrics: []any{"mae"}})
	return m
}

// A source of the same batches trains, evaluates and predicts with the same bits as the arrays.
func TestSourcesTrainAsArraysDo(t *testing.T) {
	X, y := resumption{}.data()
	data := func() *pieces { return &pieces{X: X, y: y, size: 6} }
	f := nnlib.Fit{Epochs: 3, BatchSize: 6, NoShuffle: true}
	whole := sourceModel()
	want := end(whole, whole.Fit(X, y, f), X)

	d := sourceModel()
	if !slices.Equal(end(d, d.Fit(data(), nil, f), X), want) {
		t.Error("a Dataset trains otherwise")
	}
	g, steps := sourceModel(), f
	steps.StepsPerEpoch = 4
	if !slices.Equal(end(g, g.Fit(data().stream(), nil, steps), X), want) {
		t.Error("a Generator trains otherwise")
	}
	if got, want := d.Evaluate(data(), nil), whole.Evaluate(X, y); !alike(got, want) {
		t.Errorf("Evaluate of a Dataset gives %v, of arrays %v", got, want)
	}
	if !slices.Equal(d.Predict(data()).Data, whole.Predict(X).Data) || !slices.Equal(d.Predict(data()).Shape, nnlib.Shape{20, 1}) {
		t.Error("Predict of a Dataset gives something else")
	}
	calls := 0
	few := func() nnlib.Batch { // a plain function, with an end
		if calls++; calls > 2 {
			return nnlib.Batch{}
		}
		return nnlib.Batch{X: X}
	}
	if got := d.Predict(few).Shape; !slices.Equal(got, nnlib.Shape{40, 1}) {
		t.Errorf("Predict of a function gives the shape %v", got)
	}
}

func alike(a, b float64) bool { return (a-b)*(a-b) < 1e-14*b*b }

// The order of a Dataset's batches is shuffled, by the seed and the epoch alone.
func TestDatasetsAreShuffled(t *testing.T) {
	X, y := resumption{}.data()
	order := func() []int {
		p := &pieces{X: X, y: y, size: 2}
		m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 4})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
		m.Fit(p, nil, nnlib.Fit{Epochs: 2})
		return p.asked
	}
	a, b := order(), order()
	if !slices.Equal(a, b) || len(a) != 20 {
		t.Errorf("the orders %v and %v", a, b)
	}
	first, second := slices.Clone(a[:10]), slices.Clone(a[10:])
	if slices.Equal(first, second) || slices.IsSorted(first) {
		t.Errorf("not shuffled anew: %v %v", first, second)
	}
	slices.Sort(first)
	if !slices.Equal(first, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
		t.Errorf("not every batch comes once: %v", first)
	}
}

func TestWeightsOfBatches(t *testing.T) {
	X, y := resumption{}.data()
	for i := range y.Data {
		y.Data[i] = float32(i % 2)
	}
	weights := slices.Repeat([]float64{1, 3}, 10)
	run := func(fit func(m *nnlib.Model, f nnlib.Fit)) []float32 {
		m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 4, Activation: "sigmoid"})
		m.Compile(nnlib.Compile{Loss: "binary_crossentropy", Optimizer: "sgd"})
		fit(m, nnlib.Fit{Epochs: 2, BatchSize: 20, NoShuffle: true, StepsPerEpoch: 1})
		return m.Params()[0].Value.Data
	}
	want := run(func(m *nnlib.Model, f nnlib.Fit) { f.SampleWeight = weights; m.Fit(X, y, f) })
	for name, got := range map[string][]float32{
		"SampleWeight": run(func(m *nnlib.Model, f nnlib.Fit) {
			m.Fit(func() nnlib.Batch { return nnlib.Batch{X: X, Y: y, SampleWeight: weights} }, nil, f)
		}),
		"ClassWeight": run(func(m *nnlib.Model, f nnlib.Fit) {
			f.ClassWeight = map[int]float64{1: 3}
			m.Fit(&pieces{X: X, y: y, size: 20}, nil, f)
		}),
	} {
		if !slices.Equal(got, want) {
			t.Errorf("%s in batches trains otherwise", name)
		}
	}
}

func TestValidationBySource(t *testing.T) {
	X, y := resumption{}.data()
	run := func(f nnlib.Fit) []float64 {
		f.Epochs = 2
		return sourceModel().Fit(X, y, f).ValLoss
	}
	want := run(nnlib.Fit{ValidationX: X, ValidationY: y})
	for _, f := range []nnlib.Fit{{ValidationX: &pieces{X: X, y: y, size: 20}}, {ValidationX: (&pieces{X: X, y: y, size: 20}).stream(), ValidationSteps: 1}} {
		if got := run(f); !slices.Equal(got, want) {
			t.Errorf("validation losses are %v, want %v", got, want)
		}
	}
}

// A training from a source goes on as one from arrays does.
func TestSourcesResume(t *testing.T) {
	X, y := resumption{}.data()
	for name, source := range map[string]func() any{
		"Dataset":   func() any { return &pieces{X: X, y: y, size: 3} },
		"Generator": func() any { return (&pieces{X: X, y: y, size: 3}).stream() },
	} {
		f := nnlib.Fit{Epochs: 5, StepsPerEpoch: 5, Callbacks: []nnlib.Callback{nnlib.Hooks{}}}
		whole := sourceModel()
		want := end(whole, whole.Fit(source(), nil, f), X)
		f.Callbacks = []nnlib.Callback{&nnlib.BackupAndRestore{Path: filepath.Join(t.TempDir(), "checkpoint")}}
		first, second := sourceModel(), sourceModel()
		second.Predict(X) // it must have weights
		if !first.Interrupted(source(), nil, f, 2) {
			t.Fatal("not interrupted")
		}
		if got := end(second, second.Fit(source(), nil, f), X); !slices.Equal(got, want) {
			t.Errorf("%s: other bits", name)
		}
	}
}

func TestSourceMistakes(t *testing.T) {
	X, y := resumption{}.data()
	d := &pieces{X: X, y: y, size: 6}
	serve := func(b nnlib.Batch) nnlib.Generator { return func() nnlib.Batch { return b } }
	one := nnlib.Fit{StepsPerEpoch: 1}
	for _, c := range []struct {
		want string
		X, y any
		fit  nnlib.Fit
	}{
		{"with a Dataset or Generator y is nil", d, y, nnlib.Fit{}},
		{"a Dataset or Generator has no ValidationSplit", d, nil, nnlib.Fit{ValidationSplit: 0.5}},
		{"say by StepsPerEpoch how many batches make an epoch", d.stream(), nil, nnlib.Fit{}},
		{"the Dataset has 0 batches", &pieces{X: nnlib.NewTensor(0, 4), size: 3}, nil, nnlib.Fit{}},
		{"the first batch has no X", serve(nnlib.Batch{}), nil, one},
		{"batch 1 has no X or no Y; Fit wants 1 batches of both for each of 1 epochs", serve(nnlib.Batch{X: X}), nil, one},
		{"X of batch 1 has 20 samples and Y has 3; each sample needs its answer", serve(nnlib.Batch{X: X, Y: y.Part(0, 3)}), nil, one},
		{"SampleWeight of batch 1 has 1 numbers for 20 samples", serve(nnlib.Batch{X: X, Y: y, SampleWeight: []float64{1}}), nil, one},
		{"X: cannot make an array of a func(); give a slice", func() {}, nil, one},
	} {
		if got := mistake(t, func() { sourceModel().Fit(c.X, c.y, c.fit) }); !strings.Contains(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	wide := func() nnlib.Batch { return nnlib.Batch{X: nnlib.NewTensor(2, 7), Y: nnlib.NewTensor(2, 1)} }
	m := sourceModel()
	m.Predict(X)
	if got := mistake(t, func() { m.Fit(wide, nil, one) }); !strings.Contains(got, "X of batch 1 has 2 samples of shape [7], the model wants samples of shape [4]") {
		t.Error(got)
	}
	if got := mistake(t, func() { m.Evaluate(func() nnlib.Batch { return nnlib.Batch{} }, nil) }); !strings.Contains(got, "served no batch to evaluate") {
		t.Error(got)
	}
}
