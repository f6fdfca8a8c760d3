package nnlib_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// A resumption is a training that is run whole, and once more in two parts.
type resumption struct {
	name      string
	backend   nnlib.Backend
	layers    func() []nnlib.Layer
	compile   func() nnlib.Compile
	fit       func() nnlib.Fit
	inputs    nnlib.Shape
	batchSize int
}

func plainLayers() []nnlib.Layer {
	return []nnlib.Layer{&nnlib.Dense{Units: 8, InputDim: 4, Activation: "tanh"}, &nnlib.Dropout{Rate: 0.3}, &nnlib.BatchNormalization{}, &nnlib.GaussianNoise{StdDev: 0.1}, &nnlib.Dense{Units: 1}}
}

func resumptions() []resumption {
	all := []resumption{}
	for _, o := range resumedOptimizers() {
		all = append(all, resumption{name: o.name, compile: func() nnlib.Compile {
			return nnlib.Compile{Loss: "mse", Optimizer: o.new(), Metrics: []any{"mae"}}
		}})
	}
	return append(all,
		resumption{name: "stateful LSTM", inputs: nnlib.Shape{3, 4}, batchSize: 5, layers: func() []nnlib.Layer {
			return []nnlib.Layer{&nnlib.LSTM{Units: 4, Stateful: true, RecurrentDropout: 0.2, InputShape: nnlib.Shape{3, 4}}, &nnlib.Dense{Units: 1}}
		}},
		resumption{name: "bidirectional stateful GRU", inputs: nnlib.Shape{3, 4}, batchSize: 5, layers: func() []nnlib.Layer {
			return []nnlib.Layer{&nnlib.Bidirectional{Layer: &nnlib.GRU{Units: 4, Stateful: true, InputShape: nnlib.Shape{3, 4}}, InputShape: nnlib.Shape{3, 4}}, &nnlib.Dense{Units: 1}}
		}},
		resumption{name: "callbacks", fit: func() nnlib.Fit {
			return nnlib.Fit{ValidationSplit: 0.2, Callbacks: []nnlib.Callback{
				&nnlib.EarlyStopping{Patience: 4, RestoreBestWeights: true, MinDelta: 10},
				&nnlib.ReduceLROnPlateau{Monitor: "loss", Patience: 1, MinDelta: 10},
				&nnlib.LossHistory{}, &nnlib.LearningRateScheduler{Schedule: func(_ int, rate float64) float64 { return rate * 0.97 }},
			}}
		}},
		resumption{name: "weights of samples", fit: func() nnlib.Fit {
			return nnlib.Fit{SampleWeight: slices.Repeat([]float64{1, 2}, 10)}
		}},
		resumption{name: "Theano", backend: nnlib.Theano{NumpySeed: 3}, layers: func() []nnlib.Layer {
			return []nnlib.Layer{&nnlib.Dense{Units: 8, InputDim: 4}, &nnlib.Dense{Units: 1}}
		}},
		resumption{name: "TensorFlow", backend: nnlib.TensorFlow{NumpySeed: 3, GraphSeed: 4, Race: 0.5}, layers: func() []nnlib.Layer {
			return []nnlib.Layer{&nnlib.Dense{Units: 8, InputDim: 4}, &nnlib.Dense{Units: 1}}
		}},
	)
}

type namedOptimizer struct {
	name string
	new  func() any
}

func resumedOptimizers() (all []namedOptimizer) {
	for _, name := range nnlib.OptimizerNames() {
		all = append(all, namedOptimizer{name, func() any { return name }})
	}
	decay := func() nnlib.Schedule {
		return &nnlib.ExponentialDecay{InitialLearningRate: 0.1, DecaySteps: 3, DecayRate: 0.9}
	}
	return append(all,
		namedOptimizer{"momentum", func() any { return &nnlib.SGD{Momentum: 0.9, Nesterov: true} }},
		namedOptimizer{"amsgrad", func() any { return &nnlib.Adam{AMSGrad: true} }},
		namedOptimizer{"adamw amsgrad", func() any { return &nnlib.AdamW{AMSGrad: true} }},
		namedOptimizer{"rmsprop centered", func() any { return &nnlib.RMSprop{Centered: true, Momentum: 0.5} }},
		namedOptimizer{"schedule", func() any { return &nnlib.Adam{Schedule: decay()} }},
		namedOptimizer{"one's own", func() any { return &ownOptimizer{rate: 0.01} }},
	)
}

// ownOptimizer is momentum, with a state of its own.
type ownOptimizer struct {
	rate     float64
	velocity []float32
}

func (o *ownOptimizer) Rate() float64        { return o.rate }
func (o *ownOptimizer) SetRate(rate float64) { o.rate = rate }
func (o *ownOptimizer) Step(params []*nnlib.Param) {
	k := 0
	for _, p := range params {
		for i, g := range p.Grad.Data {
			if k == len(o.velocity) {
				o.velocity = append(o.velocity, 0)
			}
			o.velocity[k] = float32(o.velocity[k]*0.9) + g
			p.Value.Data[i] -= float32(float32(o.rate) * o.velocity[k])
			k++
		}
	}
}
func (o *ownOptimizer) State() (state []byte, err error) {
	for _, v := range o.velocity {
		state = append(state, nnlib.PackFloat(v)...)
	}
	return state, nil
}
func (o *ownOptimizer) Resume(state []byte) error {
	o.velocity = nnlib.UnpackFloats(state)
	return nil
}

// model returns a fresh one, as if the process had begun anew.
func (r resumption) model() *nnlib.Model {
	s := nnlib.Within(rng.Root(1))
	if r.backend != nil {
		s.Use(r.backend)
	}
	layers := plainLayers
	if r.layers != nil {
		layers = r.layers
	}
	m := s.NewSequential(layers()...)
	if r.compile != nil {
		m.Compile(r.compile())
	} else {
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam", Metrics: []any{"mae"}})
	}
	return m
}

func (r resumption) data() (X, y *nnlib.Tensor) {
	shape := r.inputs
	if shape == nil {
		shape = nnlib.Shape{4}
	}
	X, y = nnlib.NewTensor(append(nnlib.Shape{20}, shape...)...), nnlib.NewTensor(20, 1)
	s := rng.Root(5).Stream("data")
	for i := range X.Data {
		X.Data[i] = float32(s.NormFloat64())
	}
	for i := range y.Data {
		y.Data[i] = float32(s.NormFloat64())
	}
	return X, y
}

func (r resumption) options(epochs int, more ...nnlib.Callback) nnlib.Fit {
	f := nnlib.Fit{}
	if r.fit != nil {
		f = r.fit()
	}
	f.Epochs, f.BatchSize = epochs, 6
	if r.batchSize > 0 {
		f.BatchSize = r.batchSize
	}
	f.Callbacks = append(f.Callbacks, more...)
	return f
}

// end is all that a training leaves: the bits of weights, predictions and history.
func end(m *nnlib.Model, h *nnlib.History, X any) []uint64 {
	var bits []uint64
	add := func(f float64) { bits = append(bits, math.Float64bits(f)) }
	for _, p := range m.Params() {
		for _, v := range p.Value.Data {
			add(float64(v))
		}
	}
	for _, v := range m.Predict(nnlib.Array(X).Part(0, 5)).Data { // a stateful layer takes batches of one size
		add(float64(v))
	}
	for _, column := range [][]float64{h.Loss, h.BatchLoss, h.ValLoss, h.Metrics["mae"], h.Metrics["val_mae"]} {
		for _, v := range column {
			add(v)
		}
	}
	for _, e := range h.Epoch {
		add(float64(e))
	}
	return bits
}

// A training that was interrupted in any epoch and goes on in a fresh model ends
// with the bits of one that was not.
func TestCheckpointResumesWithTheSameBits(t *testing.T) {
	const epochs = 6
	for _, r := range resumptions() {
		t.Run(r.name, func(t *testing.T) {
			X, y := r.data()
			whole := r.model()
			h := whole.Fit(X, y, r.options(epochs, nnlib.Hooks{}))
			want := end(whole, h, X)
			for _, at := range []int{1, 4} {
				file := filepath.Join(t.TempDir(), "checkpoint")
				backup := &nnlib.BackupAndRestore{Path: file}
				first := r.model()
				interrupted := first.Interrupted(X, y, r.options(epochs, backup), at)
				if _, err := os.Stat(file); err != nil || !interrupted {
					t.Fatalf("there is no checkpoint: %v, interrupted: %v", err, interrupted)
				}
				second := r.model()
				got := end(second, second.Fit(X, y, r.options(epochs, backup)), X)
				if !slices.Equal(got, want) {
					t.Errorf("interrupted in epoch %d: other bits", at)
				}
				if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("the checkpoint is still there: %v", err)
				}
			}
		})
	}
}

// SaveCheckpoint after Fit and LoadCheckpoint into another model, of another number, go on as one longer Fit.
func TestCheckpointAfterFit(t *testing.T) {
	r := resumption{}
	X, y := r.data()
	whole := r.model()
	want := end(whole, whole.Fit(X, y, r.options(5)), X)

	file := filepath.Join(t.TempDir(), "checkpoint")
	first := r.model()
	first.Fit(X, y, r.options(2))
	if err := first.SaveCheckpoint(file); err != nil {
		t.Fatal(err)
	}
	s := nnlib.Within(rng.Root(1))
	s.NewSequential(plainLayers()...)
	second := s.NewSequential(plainLayers()...)
	second.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam", Metrics: []any{"mae"}})
	if err := second.LoadCheckpoint(file); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(end(second, second.Fit(X, y, r.options(5)), X), want) {
		t.Error("other bits")
	}
	if slices.Equal(end(first, first.Fit(X, y, r.options(5)), X), want) {
		t.Error("the test sees nothing: a training from its second state gives the same")
	}
}

func TestCheckpointMistakes(t *testing.T) {
	r := resumption{}
	X, y := r.data()
	folder := t.TempDir()
	file := filepath.Join(folder, "checkpoint")
	m := r.model()
	m.Fit(X, y, r.options(2, &nnlib.LossHistory{}))
	if err := m.SaveCheckpoint(file); err != nil {
		t.Fatal(err)
	}
	weights := filepath.Join(folder, "weights")
	if err := m.SaveWeights(weights); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(folder, "half")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(half, whole[:len(whole)-5], 0o600); err != nil {
		t.Fatal(err)
	}
	other := func(seed uint64, optimizer string, layers ...nnlib.Layer) *nnlib.Model {
		m := nnlib.Within(rng.Root(seed)).NewSequential(layers...)
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: optimizer})
		return m
	}
	for _, c := range []struct {
		want string
		do   func() error
	}{
		{"no such file", func() error { return r.model().LoadCheckpoint(filepath.Join(folder, "none")) }},
		{"is not a checkpoint of this version", func() error { return r.model().LoadCheckpoint(weights) }},
		{"is not a whole safetensors file", func() error { return r.model().LoadCheckpoint(half) }},
		{"saved under seed 1, this model was made under seed 2; call nnlib.Seed(1)", func() error { return other(2, "adam", plainLayers()...).LoadCheckpoint(file) }},
		{"its optimizer is Adam, this model's is SGD", func() error { return other(1, "sgd", plainLayers()...).LoadCheckpoint(file) }},
		{"it has no layer dense_3", func() error {
			return other(1, "adam", append(plainLayers(), &nnlib.Dense{Units: 1})...).LoadCheckpoint(file)
		}},
		{"optimizer's state for dense_1/kernel is missing or of another shape", func() error {
			layers := plainLayers()
			layers[0] = &nnlib.Dense{Units: 9, InputDim: 4}
			return other(1, "adam", layers...).LoadCheckpoint(file)
		}},
		{"the model is not compiled", func() error {
			return nnlib.Within(rng.Root(1)).NewSequential(plainLayers()...).LoadCheckpoint(file)
		}},
		{"the model is not compiled, so there is no training to save", func() error {
			return nnlib.Within(rng.Root(1)).NewSequential(plainLayers()...).SaveCheckpoint(file)
		}},
		{"cannot be kept in a checkpoint; give it the methods State() ([]byte, error)", func() error {
			m := r.model()
			m.Compile(nnlib.Compile{Loss: "mse", Optimizer: bareOptimizer{&ownOptimizer{}}})
			return m.SaveCheckpoint(filepath.Join(folder, "never"))
		}},
	} {
		if err := c.do(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
	for _, c := range []struct {
		want string
		fit  nnlib.Fit
		X, y *nnlib.Tensor
	}{
		{"had BatchSize 6 and NoShuffle false, this one has 7 and false", nnlib.Fit{BatchSize: 7, Epochs: 5, Callbacks: []nnlib.Callback{&nnlib.LossHistory{}}}, X, y},
		{"had 1 callbacks, this one has 0", nnlib.Fit{BatchSize: 6, Epochs: 5}, X, y},
		{"callback 0 is not the one", nnlib.Fit{BatchSize: 6, Epochs: 5, Callbacks: []nnlib.Callback{nnlib.Hooks{}}}, X, y},
		{"had 20 samples of other data than this one's 1", nnlib.Fit{BatchSize: 6, Epochs: 5}, nnlib.NewTensor(1, 4), nnlib.NewTensor(1, 1)},
	} {
		m := r.model()
		if err := m.LoadCheckpoint(file); err != nil {
			t.Fatal(err)
		}
		if got := mistake(t, func() { m.Fit(c.X, c.y, c.fit) }); !strings.Contains(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// bareOptimizer hides the methods State and Resume.
type bareOptimizer struct{ o *ownOptimizer }

func (b bareOptimizer) Rate() float64              { return b.o.Rate() }
func (b bareOptimizer) SetRate(rate float64)       { b.o.SetRate(rate) }
func (b bareOptimizer) Step(params []*nnlib.Param) { b.o.Step(params) }
