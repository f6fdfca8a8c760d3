package nnlib_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
)

func TestFunctionalIsSequential(t *testing.T) {
	X, y := sequence()
	in := nnlib.Input(1)
	out := nnlib.Apply(&nnlib.Dense{Units: 1}, in.Apply(&nnlib.Dense{Units: 10}))
	graph := fresh().NewModel([]*nnlib.Node{in}, []*nnlib.Node{out})
	row := fresh().NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1})
	var digests []string
	for _, m := range []*nnlib.Model{graph, row} {
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
		digests = append(digests, m.Fit(X, y, nnlib.Fit{Epochs: 5, BatchSize: 4}).Digest())
	}
	if digests[0] != digests[1] {
		t.Error("the same layers train otherwise as a graph")
	}
}

// A layer in two places has one weight, whose gradient is the sum over the places:
// y = w·a + w·b trains as y = w·(a+b).
func TestSharedLayer(t *testing.T) {
	a, b, sum, y := nnlib.NewTensor(4, 1), nnlib.NewTensor(4, 1), nnlib.NewTensor(4, 1), nnlib.NewTensor(4, 1)
	for i := range 4 {
		a.Data[i], b.Data[i] = float32(i), float32(2*i)-1
		sum.Data[i], y.Data[i] = a.Data[i]+b.Data[i], 5*float32(i)
	}
	shared := &nnlib.Dense{Units: 1, NoBias: true}
	na, nb := nnlib.Input(1), nnlib.Input(1)
	end := nnlib.Apply(&nnlib.Add{}, na.Apply(shared), nb.Apply(shared))
	two := fresh().NewModel([]*nnlib.Node{na, nb}, []*nnlib.Node{end})
	if len(two.Params()) != 1 {
		t.Fatalf("%d weights, want 1", len(two.Params()))
	}
	one := fresh().NewSequential(&nnlib.Dense{Units: 1, NoBias: true, InputDim: 1})
	for _, m := range []*nnlib.Model{two, one} {
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
	}
	two.Fit([]any{a, b}, y, nnlib.Fit{Epochs: 3})
	one.Fit(sum, y, nnlib.Fit{Epochs: 3})
	if d := math.Abs(float64(two.Params()[0].Value.Data[0] - one.Params()[0].Value.Data[0])); d > 1e-5 {
		t.Errorf("the shared weight is %v off", d)
	}
}

// Two models of the same nodes share their weights; two outputs have two losses.
func TestTwoModelsAndTwoOutputs(t *testing.T) {
	X, y := sequence()
	in := nnlib.Input(1)
	code := in.Apply(&nnlib.Dense{Units: 2})
	back := code.Apply(&nnlib.Dense{Units: 1})
	s := fresh()
	whole := s.NewModel([]*nnlib.Node{in}, []*nnlib.Node{back, code})
	encoder := s.NewModel([]*nnlib.Node{in}, []*nnlib.Node{code})
	whole.Compile(nnlib.Compile{Loss: []any{"mse", "mae"}, Optimizer: "adam"})
	before := encoder.Predict(X).Clone()
	whole.Fit(X, []any{y, nnlib.NewTensor(9, 2)}, nnlib.Fit{Epochs: 3})
	after := encoder.Predict(X)
	if slices.Equal(before.Data, after.Data) {
		t.Error("training the whole does not train the encoder")
	}
	if all := whole.PredictAll(X); len(all) != 2 || !slices.Equal(all[1].Data, after.Data) {
		t.Error("the second output is not the encoder's")
	}
	first := encoder
	first.Compile(nnlib.Compile{Loss: "mae", Optimizer: "adam"})
	mae := first.Evaluate(X, nnlib.NewTensor(9, 2))
	want := nnlib.MeanSquaredError(y, whole.PredictAll(X)[0].Column(0)) + mae
	if got := whole.Evaluate(X, []any{y, nnlib.NewTensor(9, 2)}); math.Abs(got-want) > 1e-7 {
		t.Errorf("the loss is %v, its parts are %v", got, want)
	}
}

func TestGraphMistakes(t *testing.T) {
	a, b := nnlib.Input(1), nnlib.Input(2)
	model := func(in, out []*nnlib.Node) func() {
		return func() { fresh().NewModel(in, out) }
	}
	both := nnlib.Apply(&nnlib.Concatenate{}, a, b)
	shared := &nnlib.Dense{Units: 1}
	for _, c := range []struct {
		want string
		do   func()
	}{
		{"nnlib: NewModel wants at least one input and one output", model(nil, []*nnlib.Node{a})},
		{"nnlib: NewModel: an output depends on an Input that is not among the inputs", model([]*nnlib.Node{a}, []*nnlib.Node{both})},
		{"nnlib: NewModel: an input leads to no output", model([]*nnlib.Node{a, b}, []*nnlib.Node{a.Apply(&nnlib.Dense{Units: 1})})},
		{"nnlib: layer dense_1 is shared, so it always gets the same shapes: it got [[1]], now [[2]]",
			model([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Add{}, a.Apply(shared), b.Apply(shared))})},
		{"nnlib: Apply wants a layer and at least one node", func() { nnlib.Apply(nil, a) }},
		{"nnlib: X has 1 parts, the model has 2 ends there; give []any with one for each",
			func() { fresh().NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{both}).Predict([]float64{1}) }},
	} {
		if got := mistake(t, c.do); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// Padding changes nothing: neither the loss nor what is learnt.
func TestMaskedTraining(t *testing.T) {
	train := func(steps int) ([]float64, float64) {
		m := fresh().NewSequential(
			&nnlib.Embedding{InputDim: 6, OutputDim: 3, MaskZero: true, InputLength: steps},
			&nnlib.GRU{Units: 4, ReturnSequences: true}, &nnlib.Dense{Units: 6, Activation: "softmax"})
		m.Compile(nnlib.Compile{Loss: "sparse_categorical_crossentropy", Optimizer: "sgd"})
		X, y := nnlib.NewTensor(2, steps), nnlib.NewTensor(2, steps)
		for i, word := range []float32{1, 2, 3, 4, 5, 1} {
			at := i/3*steps + i%3
			X.Data[at], y.Data[at] = word, float32(i)
		}
		h := m.Fit(X, y, nnlib.Fit{Epochs: 3, NoShuffle: true})
		var weights []float64
		for _, p := range m.Params() {
			for _, v := range p.Value.Data {
				weights = append(weights, float64(v))
			}
		}
		return weights, h.Loss[2]
	}
	short, loss := train(3)
	long, paddedLoss := train(7)
	if math.Abs(loss-paddedLoss) > 1e-9 {
		t.Errorf("loss %v, with padding %v", loss, paddedLoss)
	}
	for i, w := range short {
		if math.Abs(w-long[i]) > 1e-6 {
			t.Fatalf("weight %d is %v, with padding %v", i, w, long[i])
		}
	}
}

// A stateful layer over two halves of a sequence is a layer over the whole.
func TestStateful(t *testing.T) {
	whole := nnlib.NewTensor(2, 6, 1)
	first, second := nnlib.NewTensor(2, 3, 1), nnlib.NewTensor(2, 3, 1)
	for i := range whole.Data {
		whole.Data[i] = float32(i*i%5) / 4
		half, at := first, i/6*3+i%6
		if i%6 >= 3 {
			half, at = second, at-3
		}
		half.Data[at] = whole.Data[i]
	}
	layer := &nnlib.LSTM{Units: 3, Stateful: true, InputShape: nnlib.Shape{3, 1}}
	parts := fresh().NewSequential(layer)
	want := fresh().NewSequential(&nnlib.LSTM{Units: 3, InputShape: nnlib.Shape{6, 1}}).Predict(whole)
	parts.Predict(first)
	if !slices.Equal(parts.Predict(second).Data, want.Data) {
		t.Error("the state does not go on")
	}
	layer.ResetStates()
	parts.Predict(first)
	if !slices.Equal(parts.Predict(second).Data, want.Data) {
		t.Error("the state is not reset")
	}
	if got := mistake(t, func() { parts.Predict(nnlib.NewTensor(3, 3, 1)) }); !strings.HasPrefix(got, "nnlib: a stateful layer got a batch of 3 samples after one of 2") {
		t.Error(got)
	}
}

// scale is a layer of one's own: y = w·x.
type scale struct{ w *nnlib.Param }

func (s *scale) Build(b *nnlib.Builder) (_ nnlib.Shape, err error) {
	s.w, err = b.Weight("w", "ones", 1)
	return b.In[0], err
}
func (s *scale) Forward(p *nnlib.Pass) {
	for i, v := range p.In[0].Data {
		p.Out.Data[i] = s.w.Value.Data[0] * v
	}
}
func (s *scale) Backward(p *nnlib.Pass) {
	for i, g := range p.OutGrad.Data {
		s.w.Grad.Data[0] += g * p.In[0].Data[i]
		if p.InGrad[0] != nil {
			p.InGrad[0].Data[i] = g * s.w.Value.Data[0]
		}
	}
}

func TestLayerOfOnesOwn(t *testing.T) {
	X, y := sequence()
	m := fresh().NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{1}}, &scale{}, &nnlib.Dense{Units: 1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.Adam{LearningRate: 0.05}})
	h := m.Fit(X, y, nnlib.Fit{Epochs: 200})
	if h.Loss[199] > 1e-3 || m.Params()[0].Name != "scale_1/w" || m.Params()[0].Value.Data[0] == 1 {
		t.Errorf("%v %v", h, m.Params()[0])
	}
}

// _Layer is what an interpreter makes of a layer of a cell: it cannot be compared.
type _Layer struct {
	IValue    any
	WBuild    func(*nnlib.Builder) (nnlib.Shape, error)
	WForward  func(*nnlib.Pass)
	WBackward func(*nnlib.Pass)
}

func (w _Layer) Build(b *nnlib.Builder) (nnlib.Shape, error) { return w.WBuild(b) }
func (w _Layer) Forward(p *nnlib.Pass)                       { w.WForward(p) }
func (w _Layer) Backward(p *nnlib.Pass)                      { w.WBackward(p) }

func TestLayerOfACell(t *testing.T) {
	X, y := sequence()
	own := &scale{}
	cell := func() nnlib.Layer { return _Layer{own, own.Build, own.Forward, own.Backward} }
	in := nnlib.Input(1)
	m := fresh().NewModel([]*nnlib.Node{in}, []*nnlib.Node{in.Apply(cell()).Apply(cell())})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
	m.Fit(X, y, nnlib.Fit{Epochs: 2})
	if len(m.Params()) != 1 || m.Params()[0].Name != "scale_1/w" {
		t.Errorf("the layer, twice in the model, has %d weights, the first is %s", len(m.Params()), m.Params()[0].Name)
	}
}

func TestSummary(t *testing.T) {
	m := fresh().NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.BatchNormalization{}, &nnlib.Dense{Units: 1, Name: "<end>"})
	want := `Model 1
───────────────────────────────────────────────────────────────
Layer (type)                               Output Shape  Param #
───────────────────────────────────────────────────────────────
dense_1 (Dense)                            (batch, 10)        20
batch_normalization_1 (BatchNormalization) (batch, 10)        40
<end> (Dense)                              (batch, 1)         11
───────────────────────────────────────────────────────────────
Total params: 71
Trainable params: 51
Non-trainable params: 20`
	squeeze := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "─", "")), " ") }
	if got := m.Summary().String(); squeeze(got) != squeeze(want) {
		t.Errorf("got\n%s", got)
	}
	if html := m.Summary().HTML(); !strings.Contains(html, "&lt;end&gt; (Dense)") || strings.Contains(html, "<end>") {
		t.Errorf("the name is not escaped: %s", html)
	}
}
