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

	"gonum.org/v1/gonum/mat"
)

func fresh() *nnlib.Session { return nnlib.Within(rng.Root(1)) }

// mistake returns the error that f panics with.
func mistake(t *testing.T, f func()) (message string) {
	t.Helper()
	defer func() {
		err, ok := recover().(error)
		if !ok {
			t.Fatal("no error was panicked with")
		}
		message = err.Error()
	}()
	f()
	return ""
}

func TestMistakesSayTheCure(t *testing.T) {
	X, y := sequence()
	ready := func() *nnlib.Model {
		m := fresh().NewSequential(&nnlib.Dense{Units: 2, InputDim: 1}, &nnlib.Dense{Units: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
		return m
	}
	classes := func(y any) func() {
		return func() {
			m := fresh().NewSequential(&nnlib.Dense{Units: 3, InputDim: 1, Activation: "softmax"})
			m.Compile(nnlib.Compile{Loss: "sparse_categorical_crossentropy", Optimizer: "adam"})
			m.Fit(X, y, nnlib.Fit{})
		}
	}
	for _, c := range []struct {
		want string
		do   func()
	}{
		{"nnlib: the model is not compiled; call Compile before Fit", func() { fresh().NewSequential(&nnlib.Dense{Units: 1}).Fit(X, y, nnlib.Fit{}) }},
		{"nnlib: the model has no layers; add some", func() { fresh().NewSequential().Predict(X) }},
		{"nnlib: layer dense_1: Dense wants Units of at least 1, got 0", func() { fresh().NewSequential(&nnlib.Dense{InputDim: 1}) }},
		{`nnlib: layer dense_1: there is no activation "rellu"; there are linear, relu`, func() { fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 1, Activation: "rellu"}) }},
		{`nnlib: Compile: there is no loss "msee"; there are mean_squared_error, mse`, func() { ready().Compile(nnlib.Compile{Loss: "msee", Optimizer: "adam"}) }},
		{"nnlib: Compile: the optimizer is given by a name or a pointer to one of this package's types, got int", func() { ready().Compile(nnlib.Compile{Loss: "mse", Optimizer: 3}) }},
		{"nnlib: Compile: it wants a Loss and an Optimizer", func() { ready().Compile(nnlib.Compile{}) }},
		{"nnlib: X has 2 samples of shape [2], the model wants samples of shape [1]", func() { ready().Predict([][]float64{{1, 2}, {3, 4}}) }},
		{"nnlib: y has 9 samples of shape [2], the model wants samples of shape [1]", func() { ready().Fit(X, nnlib.NewTensor(9, 2), nnlib.Fit{}) }},
		{"nnlib: X has 9 samples and y has 3; each sample needs its answer", func() { ready().Fit(X, y[:3], nnlib.Fit{}) }},
		{"nnlib: X is NaN in row 1, column 0; drop or fill such rows first", func() { ready().Predict([]float64{1, math.NaN()}) }},
		{"nnlib: y is +Inf in row 0, column 0", func() { ready().Evaluate([]float64{1}, []float64{math.Inf(1)}) }},
		{"nnlib: X has no samples", func() { ready().Predict([]float64{}) }},
		{"nnlib: X: there is no data: got nil", func() { ready().Predict(nil) }},
		{"nnlib: X: cannot make an array of a string", func() { ready().Predict("x") }},
		{"nnlib: X: row 1 has 2 numbers, row 0 has 1", func() { ready().Predict([][]float64{{1}, {1, 2}}) }},
		{"nnlib: X: the array is ragged", func() { ready().Predict([][]int{{1}, {1, 2}}) }},
		{"nnlib: the label 3 is not one of the 3 classes 0 to 2", classes([]int{0, 1, 2, 3, 0, 1, 2, 0, 1})},
		{"nnlib: the label 0.5 is not one of the 3 classes", classes([]float64{0, 1, 2, 0.5, 0, 1, 2, 0, 1})},
		{"nnlib: Fit wants a BatchSize above 0", func() { ready().Fit(X, y, nnlib.Fit{BatchSize: -1}) }},
		{"nnlib: SampleWeight has 2 numbers for 9 samples", func() { ready().Fit(X, y, nnlib.Fit{SampleWeight: []float64{1, 2}}) }},
		{"nnlib: ValidationSplit 0.99 of 9 samples leaves 0", func() { ready().Fit(X, y, nnlib.Fit{ValidationSplit: 0.99}) }},
		{"nnlib: EarlyStopping monitors \"val_loss\", which this training does not have", func() { ready().Fit(X, y, nnlib.Fit{Callbacks: []nnlib.Callback{&nnlib.EarlyStopping{}}}) }},
		{"nnlib: layer embedding_1: Embedding wants InputDim and OutputDim", func() { fresh().NewSequential(&nnlib.Embedding{InputLength: 3}) }},
		{"nnlib: Embedding wants whole numbers from 0 to 4, got 7; raise InputDim", func() {
			fresh().NewSequential(&nnlib.Embedding{InputDim: 5, OutputDim: 2, InputLength: 1}).Predict([]int{7})
		}},
	} {
		if got := mistake(t, c.do); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// A loss that explodes is an error that says where; TerminateOnNaN makes it an end.
func TestLossThatIsNoNumber(t *testing.T) {
	X, y := sequence()
	model := func() *nnlib.Model {
		m := fresh().NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.SGD{LearningRate: 1e20}})
		return m
	}
	got := mistake(t, func() { model().Fit(X, y, nnlib.Fit{Epochs: 10}) })
	if !strings.Contains(got, "nnlib: the loss became") || !strings.Contains(got, "in epoch ") || !strings.Contains(got, "the output of dense_") {
		t.Error(got)
	}
	h := model().Fit(X, y, nnlib.Fit{Epochs: 10, Callbacks: []nnlib.Callback{&nnlib.TerminateOnNaN{}}})
	if n := len(h.Loss); n == 10 || n == 0 {
		t.Errorf("stopped after %d epochs", n)
	}
}

// Every usual form of the same numbers trains the same.
func TestFormsOfData(t *testing.T) {
	X, y := sequence()
	var rows [][]float64
	var narrow []float32
	for _, v := range X {
		rows, narrow = append(rows, []float64{v}), append(narrow, float32(v))
	}
	var first string
	for _, form := range []any{X, rows, narrow, mat.NewVecDense(9, X), mat.NewDense(9, 1, X), nnlib.Array(X), nnlib.Array(rows), nnlib.Array(X).Reshape(-1, 1, 1)} {
		m := fresh().NewSequential(&nnlib.Dense{Units: 3, InputDim: 1}, &nnlib.Dense{Units: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
		d := m.Fit(form, y, nnlib.Fit{Epochs: 3, BatchSize: 4}).Digest()
		if first == "" {
			first = d
		}
		if d != first {
			t.Errorf("%T trains otherwise", form)
		}
	}
}

// What one layer draws does not depend on what else the model has.
func TestNothingShifts(t *testing.T) {
	kernel := func(layers ...nnlib.Layer) []float32 {
		for _, p := range fresh().NewSequential(layers...).Params() {
			if p.Name == "end/kernel" {
				return p.Value.Data
			}
		}
		t.Fatal("no layer end")
		return nil
	}
	plain := kernel(&nnlib.Dense{Units: 4, InputDim: 2}, &nnlib.Dense{Units: 3, Name: "end"})
	more := kernel(&nnlib.Dense{Units: 4, InputDim: 2}, &nnlib.Dropout{Rate: 0.5}, &nnlib.Dense{Units: 4}, &nnlib.Dense{Units: 3, Name: "end"})
	if !slices.Equal(plain, more) {
		t.Error("more layers change the last one's weights")
	}
	// One more unit changes the limit of Glorot's distribution; relative to it all stays.
	wide := kernel(&nnlib.Dense{Units: 4, InputDim: 2}, &nnlib.Dense{Units: 4, Name: "end", KernelInitializer: &nnlib.RandomUniform{}})
	narrow := kernel(&nnlib.Dense{Units: 4, InputDim: 2}, &nnlib.Dense{Units: 3, Name: "end", KernelInitializer: &nnlib.RandomUniform{}})
	for i := range 4 {
		if !slices.Equal(narrow[i*3:i*3+3], wide[i*4:i*4+3]) {
			t.Error("one more unit changes the others' weights")
		}
	}
}

func TestBackendEndsWithReset(t *testing.T) {
	root := rng.Root(1)
	s := nnlib.Within(root)
	native := tenModels(s)
	s.Use(nnlib.Theano{NumpySeed: 1})
	if slices.Equal(tenModels(s), native) {
		t.Error("Theano draws as Native does")
	}
	root.Reset(1)
	if !slices.Equal(tenModels(s), native) {
		t.Error("after Reset the backend is not Native again")
	}
	s.Use(nnlib.Theano{NumpySeed: 1})
	root.Push(1)
	if !slices.Equal(tenModels(s), native) {
		t.Error("a pushed root is not Native")
	}
}

// The program's own session: Seed, Attach, and what the package's functions use.
func TestAttach(t *testing.T) {
	root, lines, polls := rng.Root(5), []string{}, 0
	nnlib.Attach(root, func(line string) { lines = append(lines, line) }, func() { polls++ })
	defer nnlib.Attach(rng.Root(1), nil, nil)
	nnlib.Seed(1)
	if root.Seed() != 1 || nnlib.Root() != root {
		t.Error("Seed does not seed the attached root")
	}
	X, y := sequence()
	m := nnlib.NewSequential(&nnlib.Dense{Units: 2, InputDim: 1}, &nnlib.Dense{Units: 1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	m.Fit(X, y, nnlib.Fit{Epochs: 3, Verbose: 1})
	if polls == 0 {
		t.Error("poll is never called")
	}
	if len(lines) < 2 || !strings.HasPrefix(lines[0], "Epoch 1/3 ") || lines[len(lines)-1] != "" {
		t.Errorf("progress %q does not begin with the epoch and end with the empty line", lines)
	}
	lines = nil
	m.Fit(X, y, nnlib.Fit{Epochs: 3})
	if strings.Join(lines, "") != "" {
		t.Errorf("a silent Fit shows %q", lines)
	}
}

// An interrupt between two layers leaves a model that goes on working, and no progress line.
func TestInterrupt(t *testing.T) {
	stop, left := errors.New("interrupted"), 1000
	line := "?"
	nnlib.Attach(rng.Root(1), func(l string) { line = l }, func() {
		if left--; left == 0 {
			panic(stop)
		}
	})
	defer nnlib.Attach(rng.Root(1), nil, nil)
	X, y := sequence()
	m := nnlib.NewSequential(&nnlib.Dense{Units: 2, InputDim: 1}, &nnlib.Dense{Units: 1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	if got := mistake(t, func() { m.Fit(X, y, nnlib.Fit{Epochs: 1 << 30, Verbose: 1}) }); got != "interrupted" || line != "" {
		t.Errorf("got %q, progress %q", got, line)
	}
	if h := m.Fit(X, y, nnlib.Fit{Epochs: 2}); len(h.Loss) != 2 {
		t.Error("the model does not train any more")
	}
}

func TestSampleAndClassWeights(t *testing.T) {
	train := func(X, y []float64, f nnlib.Fit) []float64 {
		m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
		f.NoShuffle = true
		m.Fit(X, y, f)
		return m.Predict([]float64{0.5}).Column(0)
	}
	// A weight of 0 is as if the sample were not there, but for the batch's size: 4/2 doubles.
	with := train([]float64{1, 2, 3, 4}, []float64{1, 0, 1, 0}, nnlib.Fit{SampleWeight: []float64{2, 0, 2, 0}})
	without := train([]float64{1, 3}, []float64{1, 1}, nnlib.Fit{})
	if math.Abs(with[0]-without[0]) > 1e-6 {
		t.Errorf("with weights %v, without the samples %v", with, without)
	}
	classes := train([]float64{1, 2, 3, 4}, []float64{1, 0, 1, 0}, nnlib.Fit{ClassWeight: map[int]float64{1: 2, 0: 0}})
	if classes[0] != with[0] {
		t.Errorf("class weights %v, the same sample weights %v", classes, with)
	}
}

func TestValidation(t *testing.T) {
	X, y := sequence()
	build := func() *nnlib.Model {
		m := fresh().NewSequential(&nnlib.Dense{Units: 5, InputDim: 1}, &nnlib.Dense{Units: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam", Metrics: []any{"mae"}})
		return m
	}
	m := build()
	split := m.Fit(X, y, nnlib.Fit{Epochs: 4, ValidationSplit: 0.3})
	if got, want := split.ValLoss[3], m.Evaluate(X[6:], y[6:]); got != want {
		t.Errorf("val_loss %v, evaluated %v", got, want)
	}
	given := build().Fit(X[:6], y[:6], nnlib.Fit{Epochs: 4, ValidationX: X[6:], ValidationY: y[6:]})
	if !slices.Equal(split.ValLoss, given.ValLoss) || split.Digest() != given.Digest() {
		t.Error("a split and the same validation data differ")
	}
	if mae := split.Metrics["val_mae"]; len(mae) != 4 || math.Abs(mae[3]-nnlib.MeanAbsoluteError(y[6:], m.Predict(X[6:]))) > 1e-7 {
		t.Errorf("val_mae %v", mae)
	}
	// Validation does not change the training.
	if none := build().Fit(X[:6], y[:6], nnlib.Fit{Epochs: 4}); none.Digest() != given.Digest() {
		t.Error("validation changes the training")
	}
}

func TestCallbacks(t *testing.T) {
	X, y := sequence()
	build := func() *nnlib.Model {
		m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 1})
		m.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.SGD{LearningRate: 0.5}})
		return m
	}
	stopping := &nnlib.EarlyStopping{Monitor: "loss", MinDelta: 1e-3, Patience: 2, RestoreBestWeights: true}
	losses := &nnlib.LossHistory{}
	m := build()
	h := m.Fit(X, y, nnlib.Fit{Epochs: 1000, Callbacks: []nnlib.Callback{stopping, losses}})
	if n := len(h.Loss); n > 900 || stopping.StoppedEpoch != n-1 || stopping.BestEpoch != n-3 {
		t.Errorf("%d epochs, stopped in %d, best %d", n, stopping.StoppedEpoch, stopping.BestEpoch)
	}
	if !slices.Equal(losses.Losses, h.BatchLoss) {
		t.Error("LossHistory and History.BatchLoss differ")
	}

	m, rates := build(), []float64{}
	optimizer := &nnlib.SGD{LearningRate: 0.5}
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: optimizer})
	m.Fit(X, y, nnlib.Fit{Epochs: 6, Callbacks: []nnlib.Callback{
		&nnlib.ReduceLROnPlateau{Monitor: "loss", Factor: 0.5, Patience: 2, MinDelta: 1e9},
		nnlib.Hooks{OnEpochEnd: func(int, nnlib.Logs) { rates = append(rates, optimizer.Rate()) }},
	}})
	if !slices.Equal(rates, []float64{0.5, 0.5, 0.25, 0.25, 0.125, 0.125}) {
		t.Errorf("rates %v", rates)
	}

	m.Fit(X, y, nnlib.Fit{Epochs: 3, Callbacks: []nnlib.Callback{&nnlib.LearningRateScheduler{Schedule: func(epoch int, _ float64) float64 { return 1 / float64(epoch+1) }}}})
	if optimizer.Rate() != 1./3 {
		t.Errorf("rate %v", optimizer.Rate())
	}

	file := filepath.Join(t.TempDir(), "log.csv")
	build().Fit(X, y, nnlib.Fit{Epochs: 2, Callbacks: []nnlib.Callback{&nnlib.CSVLogger{Filename: file}}})
	text, err := os.ReadFile(file)
	if lines := strings.Split(string(text), "\n"); err != nil || len(lines) != 4 || lines[0] != "epoch,loss" || !strings.HasPrefix(lines[2], "1,") {
		t.Errorf("CSVLogger wrote %q (%v)", text, err)
	}
}

func TestSafetensors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "weights.safetensors")
	build := func(seed uint64, units int) *nnlib.Model {
		return nnlib.Within(rng.Root(seed)).NewSequential(&nnlib.LSTM{Units: units, InputShape: nnlib.Shape{3, 2}}, &nnlib.BatchNormalization{}, &nnlib.Dense{Units: 1})
	}
	a, b := build(1, 4), build(2, 4)
	x := nnlib.NewTensor(5, 3, 2)
	for i := range x.Data {
		x.Data[i] = float32(i%7) / 3
	}
	if err := a.SaveWeights(file); err != nil {
		t.Fatal(err)
	}
	before := b.Predict(x).Clone()
	if slices.Equal(before.Data, a.Predict(x).Data) {
		t.Fatal("two seeds predict the same")
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "broken")
	for n := 0; n < len(whole); n += 7 { // a truncated file changes nothing
		if err := os.WriteFile(broken, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if err := b.LoadWeights(broken); err == nil || !strings.Contains(err.Error(), "is not a whole safetensors file") {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
	if !slices.Equal(b.Predict(x).Data, before.Data) {
		t.Error("a broken file changed the weights")
	}
	if err := b.LoadWeights(file); err != nil || !slices.Equal(b.Predict(x).Data, a.Predict(x).Data) {
		t.Errorf("the loaded model predicts otherwise (%v)", err)
	}
	if err := build(1, 5).LoadWeights(file); err == nil || !strings.Contains(err.Error(), "lstm_1/kernel with shape [2 16], the model wants [2 20]") {
		t.Error(err)
	}
	if err := b.LoadWeights(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := a.SaveWeights(filepath.Join(dir, "no", "folder")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 2 {
		t.Errorf("%d files are left, want 2", len(files))
	}
}

func TestLoadModelMistakes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "model")
	m := fresh().NewSequential(&nnlib.Dense{Units: 2, InputDim: 1, KernelInitializer: &nnlib.HeNormal{}})
	if err := m.Save(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`Dense`, `Dance`, `layer dense_1: there is no class "Dance"`},
		{`HeNormal`, `HeNormax`, `KernelInitializer: there is no class "HeNormax"`},
		{`units`, `units`[:4] + "z", "a Dense has fields that this version does not know"},
		{`reprise nnlib model 1`, `reprise nnlib model 9`, "has no model of this version"},
	} {
		changed := strings.ReplaceAll(string(text), c.from, c.to)
		if len(changed) != len(text) || changed == string(text) { // the header's length stands before it
			t.Fatalf("%s for %s spoils the file", c.to, c.from)
		}
		if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := fresh().LoadModel(file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s: %v, want %q", c.to, c.from, err, c.want)
		}
	}
	if err := m.SaveWeights(file); err != nil {
		t.Fatal(err)
	}
	if _, err := fresh().LoadModel(file); err == nil || !strings.Contains(err.Error(), "build the model in code and use LoadWeights") {
		t.Error(err)
	}
	own := fresh().NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{1}}, &scale{})
	if err := own.Save(file); err == nil || !strings.Contains(err.Error(), "layer scale_1: a *nnlib_test.scale is not one of nnlib's types") {
		t.Error(err)
	}
}
