package nnlib_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
)

// Bad input is an error that says what and how to mend it, never a silent wrong result.
func TestBadInput(t *testing.T) {
	X, y := nnlib.NewTensor(9, 2), nnlib.NewTensor(9, 1)
	for i := range X.Data {
		X.Data[i] = float32(i) / 18
	}
	model := func(loss string, end nnlib.Layer) *nnlib.Model {
		m := fresh().NewSequential(&nnlib.Dense{Units: 3, InputDim: 2}, end)
		m.Compile(nnlib.Compile{Loss: loss, Optimizer: "sgd"})
		return m
	}
	one := func() *nnlib.Model { return model("mse", &nnlib.Dense{Units: 1}) }
	with := func(value float64, at int, x *nnlib.Tensor) *nnlib.Tensor {
		c := x.Clone()
		c.Data[at] = float32(value)
		return c
	}
	sigmoid := func(y any) func() {
		return func() {
			model("binary_crossentropy", &nnlib.Dense{Units: 1, Activation: "sigmoid"}).Fit(X, y, nnlib.Fit{})
		}
	}
	spell := func(labels []float64) func() {
		return func() {
			m := fresh().NewSequential(&nnlib.Dense{Units: 4, InputShape: nnlib.Shape{3, 2}})
			m.Compile(nnlib.Compile{Loss: "ctc", Optimizer: "sgd"})
			m.Fit(nnlib.NewTensor(2, 3, 2), tensor([]int{2, len(labels) / 2}, labels), nnlib.Fit{})
		}
	}
	for _, c := range []struct {
		want string
		do   func()
	}{
		// shapes
		{"nnlib: X has 9 samples of shape [3], the model wants samples of shape [2]; reshape the data or change the model's ends", func() { one().Fit(nnlib.NewTensor(9, 3), y, nnlib.Fit{}) }},
		{"nnlib: y has 9 samples of shape [2], the model wants samples of shape [1]", func() { one().Fit(X, X, nnlib.Fit{}) }},
		{"nnlib: X has 9 samples and y has 8; each sample needs its answer", func() { one().Fit(X, y.Part(0, 8), nnlib.Fit{}) }},
		{"nnlib: ValidationX has 9 samples of shape [1]", func() { one().Fit(X, y, nnlib.Fit{ValidationX: y, ValidationY: y}) }},
		{"nnlib: ValidationY: there is no data: got nil", func() { one().Fit(X, y, nnlib.Fit{ValidationX: X}) }},
		// numbers that are none
		{"nnlib: X is NaN in row 4, column 1; drop or fill such rows first", func() { one().Fit(with(math.NaN(), 9, X), y, nnlib.Fit{}) }},
		{"nnlib: y is -Inf in row 3, column 0", func() { one().Fit(X, with(math.Inf(-1), 3, y), nnlib.Fit{}) }},
		{"nnlib: X is +Inf in row 0, column 0", func() { one().Predict([][]float64{{1e300, 0}}) }}, // too large for float32
		{"nnlib: the loss became", func() {
			m := one()
			m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.SGD{LearningRate: 1e30}})
			m.Fit(X, with(1e10, 0, y), nnlib.Fit{Epochs: 5})
		}},
		// labels
		{"nnlib: y: binary_crossentropy wants targets from 0 to 1, got 2 in sample 1; number two classes 0 and 1", sigmoid([]int{0, 2, 1, 0, 1, 0, 1, 0, 1})},
		{"nnlib: y: binary_crossentropy wants targets from 0 to 1, got -1 in sample 0", sigmoid([]int{-1, 1, 1, 0, 1, 0, 1, 0, 1})},
		{"nnlib: y: categorical_crossentropy wants targets from 0 to 1, got 5 in sample 8", func() {
			model("categorical_crossentropy", &nnlib.Dense{Units: 2, Activation: "softmax"}).Fit(X, with(5, 17, nnlib.NewTensor(9, 2)), nnlib.Fit{})
		}},
		{"nnlib: the label 2 is not one of the 2 classes 0 to 1; number the classes from 0 and give the last layer as many units", func() {
			model("sparse_categorical_crossentropy", &nnlib.Dense{Units: 2, Activation: "softmax"}).Fit(X, []int{0, 1, 2, 0, 1, 0, 1, 0, 1}, nnlib.Fit{})
		}},
		{"nnlib: y: ctc wants numbers of classes from 1, got 0.5 in sample 1; number the classes from 1, 0 is the blank", spell([]float64{1, 0, 0.5, 0})},
		{"nnlib: y: ctc wants numbers of classes from 1, got -1 in sample 0", spell([]float64{1, -1, 2, 0})},
		{"nnlib: y: ctc got the label 2 behind a 0 in sample 1; 0 is the blank and stands at the end only", spell([]float64{1, 0, 0, 2})},
		{"nnlib: the label 4 is not one of the 4 classes 0 to 3", spell([]float64{1, 0, 4, 0})},
		{"nnlib: ctc: the labels [1 1 2 3] take 5 time steps at least (labels alike need a blank between them), the predictions have 3; give the model more time steps or take fewer labels",
			spell([]float64{1, 1, 2, 3, 1, 0, 0, 0})},
		{"nnlib: ctc wants predictions of samples [time classes], the model makes [1]; let it return sequences", func() { model("ctc", &nnlib.Dense{Units: 1}).Fit(X, y, nnlib.Fit{}) }},
		{"nnlib: ctc wants predictions [batch time classes] without masked time steps", func() {
			m := fresh().NewSequential(&nnlib.Masking{InputShape: nnlib.Shape{3, 2}}, &nnlib.Dense{Units: 4})
			m.Compile(nnlib.Compile{Loss: "ctc", Optimizer: "sgd"})
			m.Fit(nnlib.NewTensor(2, 3, 2), nnlib.NewTensor(2, 1), nnlib.Fit{})
		}},
		{"nnlib: y: circle wants whole numbers for classes, got 0.5 in sample 8; number the classes", func() { model("circle", &nnlib.UnitNormalization{}).Fit(X, with(0.5, 8, y), nnlib.Fit{}) }},
		{"nnlib: y has 9 samples of shape [3], the model wants samples of shape []", func() { model("circle", &nnlib.UnitNormalization{}).Fit(X, nnlib.NewTensor(9, 3), nnlib.Fit{}) }},
		{"nnlib: circle wants predictions of samples [features], the model makes [3 2]; end it with Flatten and UnitNormalization", func() {
			m := fresh().NewSequential(&nnlib.UnitNormalization{InputShape: nnlib.Shape{3, 2}})
			m.Compile(nnlib.Compile{Loss: "circle", Optimizer: "sgd"})
			m.Evaluate(nnlib.NewTensor(2, 3, 2), []int{1, 1})
		}},
		{"nnlib: Embedding wants whole numbers from 0 to 4, got -1", func() {
			fresh().NewSequential(&nnlib.Embedding{InputDim: 5, OutputDim: 2, InputLength: 1}).Predict([]int{-1})
		}},
		// nothing, and too little
		{"nnlib: X has no samples", func() { one().Fit([][]float64{}, []float64{}, nnlib.Fit{}) }},
		{"nnlib: X has no samples", func() { one().Evaluate(nnlib.NewTensor(0, 2), nnlib.NewTensor(0, 1)) }},
		{"nnlib: ValidationSplit 0.95 of 9 samples leaves 0 to learn from", func() { one().Fit(X, y, nnlib.Fit{ValidationSplit: 0.95}) }},
		// options
		{"nnlib: Fit wants a BatchSize above 0", func() { one().Fit(X, y, nnlib.Fit{BatchSize: -2}) }},
		{"nnlib: Fit wants Epochs and InitialEpoch from 0, got -1 and 0", func() { one().Fit(X, y, nnlib.Fit{Epochs: -1}) }},
		{"nnlib: SampleWeight has 1 numbers for 9 samples", func() { one().Fit(X, y, nnlib.Fit{SampleWeight: []float64{1}}) }},
		{"nnlib: sample 2 has the weight NaN; SampleWeight and ClassWeight are numbers from 0", func() {
			one().Fit(X, y, nnlib.Fit{SampleWeight: []float64{1, 1, math.NaN(), 1, 1, 1, 1, 1, 1}})
		}},
		{"nnlib: sample 0 has the weight -1", func() { one().Fit(X, y, nnlib.Fit{ClassWeight: map[int]float64{0: -1}}) }},
		// more memory than there is
		{"nnlib: layer dense_1: dense_1/kernel: a weight of shape [2 1099511627776] has more than", func() { fresh().NewSequential(&nnlib.Dense{Units: 1 << 40, InputDim: 2}) }},
		{"nnlib: layer embedding_1: embedding_1/embeddings: a weight of shape [4611686018427387904 4611686018427387904] has more than", func() {
			fresh().NewSequential(&nnlib.Embedding{InputDim: 1 << 62, OutputDim: 1 << 62, InputLength: 1})
		}},
		{"nnlib: the shape [1048576 1048576 64] needs 281.5 TB", func() { nnlib.NewTensor(1<<20, 1<<20, 64) }},
		{"nnlib: the shape [1099511627776 2] needs 8.8 TB", func() {
			fresh().NewSequential(&nnlib.RepeatVector{N: 1 << 40, InputShape: nnlib.Shape{2}})
		}},
		{"nnlib: layer huge_1: a batch of 9 samples: the shape [9 1099511627776] needs 39.6 TB", func() {
			m := fresh().NewSequential(huge{1 << 40}, huge{1})
			m.Predict(X)
		}},
	} {
		if got := mistake(t, c.do); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// A batch that is larger than the data is all of them.
func TestBatchLargerThanTheData(t *testing.T) {
	X, y := sequence()
	run := func(size int) []float64 {
		m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
		return m.Fit(X, y, nnlib.Fit{Epochs: 3, BatchSize: size}).BatchLoss
	}
	if a, b := run(1000), run(len(X)); !slices.Equal(a, b) || len(a) != 3 {
		t.Errorf("%v, want %v", a, b)
	}
}

// After an error, the model goes on as if nothing had been asked of it.
func TestModelAfterAMistake(t *testing.T) {
	X, y := sequence()
	run := func(wrong bool) []float64 {
		m := fresh().NewSequential(&nnlib.Dense{Units: 2, InputDim: 1}, &nnlib.Dropout{Rate: 0.3}, &nnlib.Dense{Units: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
		if wrong {
			mistake(t, func() { m.Fit(nnlib.NewTensor(9, 4), y, nnlib.Fit{}) })
			mistake(t, func() { m.Predict("x") })
			mistake(t, func() { m.Fit(X, y, nnlib.Fit{BatchSize: -1}) })
		}
		return m.Fit(X, y, nnlib.Fit{Epochs: 3}).BatchLoss
	}
	if a, b := run(true), run(false); !slices.Equal(a, b) {
		t.Errorf("%v, want %v", a, b)
	}
}

func TestSparsemax(t *testing.T) {
	x, y := nnlib.Array([][]float64{{0.1, 1.1, 0.2}, {-5, 3, 3}, {0, 0, 0}}), nnlib.NewTensor(3, 3)
	(&nnlib.Sparsemax{}).Apply(y, x)
	for i, want := range []float64{0, 0.95, 0.05, 0, 0.5, 0.5, 1. / 3, 1. / 3, 1. / 3} {
		if math.Abs(float64(y.Data[i])-want) > 1e-6 {
			t.Errorf("element %d is %v, want %v", i, y.Data[i], want)
		}
	}
}

// An encoder hands its state to a decoder; the model can be saved.
func TestEncoderAndDecoder(t *testing.T) {
	source, target := nnlib.Input(4, 2), nnlib.Input(3, 2)
	encoded := nnlib.ApplyState(&nnlib.LSTM{Units: 5, ReturnState: true}, source)
	decoded := nnlib.ApplyState(&nnlib.LSTM{Units: 5, ReturnSequences: true, ReturnState: true}, target, encoded[1], encoded[2])
	m := fresh().NewModel([]*nnlib.Node{source, target}, []*nnlib.Node{nnlib.Apply(&nnlib.Dense{Units: 2}, decoded[0])})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.Adam{LearningRate: 0.02}})
	X, _ := resumption{inputs: nnlib.Shape{4, 2}}.data()
	T, _ := resumption{inputs: nnlib.Shape{3, 2}}.data()
	y := nnlib.NewTensor(20, 3, 2)
	for i := range y.Data {
		y.Data[i] = X.Data[i/6*8] // what only the encoder has seen
	}
	h := m.Fit([]any{X, T}, y, nnlib.Fit{Epochs: 150, BatchSize: 20})
	if h.Loss[149] > 0.1*h.Loss[0] {
		t.Errorf("it does not learn: %v", h)
	}
	path := t.TempDir() + "/model"
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := fresh().LoadModel(path)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(loaded.Predict([]any{X, T}).Data, m.Predict([]any{X, T}).Data) {
		t.Error("the loaded model predicts other bits")
	}
	if got := mistake(t, func() { nnlib.ApplyState(&nnlib.LSTM{Units: 5}, source) }); !strings.Contains(got, "ApplyState wants a SimpleRNN, LSTM or GRU with ReturnState") {
		t.Error(got)
	}
}

// huge says that it makes more than any machine can hold.
type huge struct{ size int }

func (h huge) Build(*nnlib.Builder) (nnlib.Shape, error) { return nnlib.Shape{h.size}, nil }
func (huge) Forward(*nnlib.Pass)                         {}
func (huge) Backward(*nnlib.Pass)                        {}
