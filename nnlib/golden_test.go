package nnlib_test

import (
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// The bits of whole experiments. Do NOT change the digests: they are what this
// library promises on every machine, with every build, for good.
var golden = []struct {
	name string
	run  func() []float64
	want string
}{
	{"tutorial native", func() []float64 { return tableOn(nnlib.Native{Seed: 1}) }, "bb8cc06cc572e048"},
	{"tutorial theano", func() []float64 { return tableOn(nnlib.Theano{NumpySeed: 1}) }, "a057a11aecc98c79"},
	{"tutorial tensorflow", func() []float64 { return tableOn(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2}) }, "5878f139792aa730"},
	{"tutorial race", func() []float64 {
		return tableOn(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2, Race: 0.7, RaceRun: 1})
	}, "9d37b177b99f2bd1"},
	{"optimizer sgd", func() []float64 { return trainedBy("sgd") }, "092b005ac82b68cf"},
	{"optimizer rmsprop", func() []float64 { return trainedBy("rmsprop") }, "02a4c4e1831d4aee"},
	{"optimizer adagrad", func() []float64 { return trainedBy("adagrad") }, "28c9c45b0f4f5aa1"},
	{"optimizer adadelta", func() []float64 { return trainedBy("adadelta") }, "e48b50488957abef"},
	{"optimizer adam", func() []float64 { return trainedBy("adam") }, "e0284f797cd839b9"},
	{"optimizer adamw", func() []float64 { return trainedBy("adamw") }, "015aee38e3f3e9bb"},
	{"optimizer adamax", func() []float64 { return trainedBy("adamax") }, "c880a943d2c27a3c"},
	{"optimizer nadam", func() []float64 { return trainedBy("nadam") }, "a02efab920a23c57"},
	{"optimizer lion", func() []float64 { return trainedBy("lion") }, "05ea9d701f571309"},
	{"optimizer ftrl", func() []float64 { return trainedBy("ftrl") }, "9ba73701337d0e17"},
	{"optimizer lamb", func() []float64 { return trainedBy("lamb") }, "59dc1e10d035cb47"},
	{"optimizer adafactor", func() []float64 { return trainedBy("adafactor") }, "4487d9faad9e98c2"},
	{"losses", lossesTrained, "b98a30a0268c29f9"},
	{"ctc", ctcTrained, "cfeb25b9ad07430c"},
	{"circle", circleTrained, "9f2592b84c75124f"},
	{"metrics", metricsMeasured, "81cdc65fd924e4de"},
	{"initializers", initialized, "c392c5a09e6192b5"},
}

func tableOn(b nnlib.Backend) []float64 {
	s := nnlib.Within(rng.Root(7))
	s.Use(b)
	return tenModels(s)
}

// trainedBy returns the batch losses of a small classifier with dropout.
func trainedBy(optimizer string) []float64 {
	X, y := sequence()
	m := nnlib.Within(rng.Root(3)).NewSequential(&nnlib.Dense{Units: 8, InputDim: 1, Activation: "tanh", KernelRegularizer: "l2"},
		&nnlib.Dropout{Rate: 0.25}, &nnlib.Dense{Units: 1, Activation: "sigmoid", KernelConstraint: "max_norm"})
	m.Compile(nnlib.Compile{Loss: "binary_crossentropy", Optimizer: optimizer, GlobalClipNorm: 0.5})
	return m.Fit(X, y, nnlib.Fit{Epochs: 20, BatchSize: 4}).BatchLoss
}

// lossesTrained returns the batch losses of a training by each of the losses for shares.
func lossesTrained() (all []float64) {
	X, y := sequence()
	for _, loss := range []string{"mse", "mae", "mape", "msle", "huber", "log_cosh", "poisson", "bce", "categorical_crossentropy", "kl_divergence", "hinge", "squared_hinge",
		"categorical_hinge", "cosine_similarity", "binary_focal_crossentropy", "categorical_focal_crossentropy", "dice", "tversky"} {
		m := nnlib.Within(rng.Root(3)).NewSequential(&nnlib.Dense{Units: 4, InputDim: 1, Activation: "gelu"}, &nnlib.Dense{Units: 2, Activation: "sigmoid", KernelRegularizer: "orthogonal_regularizer"})
		m.Compile(nnlib.Compile{Loss: loss, Optimizer: &nnlib.SGD{Schedule: &nnlib.CosineDecayRestarts{InitialLearningRate: 0.1, FirstDecaySteps: 3}}})
		want := nnlib.NewTensor(len(y), 2)
		for i, v := range y {
			want.Data[2*i], want.Data[2*i+1] = float32(v), float32(1-v)
		}
		all = append(all, m.Fit(X, want, nnlib.Fit{Epochs: 4, BatchSize: 4}).BatchLoss...)
	}
	return all
}

// ctcTrained returns the batch losses and the metrics of predictions of a model that learns to spell.
func ctcTrained() []float64 {
	m := nnlib.Within(rng.Root(3)).NewSequential(&nnlib.GRU{Units: 5, InputShape: nnlib.Shape{6, 2}, ReturnSequences: true}, &nnlib.Dense{Units: 4})
	m.Compile(nnlib.Compile{Loss: "ctc", Optimizer: &nnlib.Adam{LearningRate: 0.05}, Metrics: []any{"mean", "sum"}})
	X, _ := resumption{inputs: nnlib.Shape{6, 2}}.data()
	h := m.Fit(X, spelt(), nnlib.Fit{Epochs: 4, BatchSize: 8})
	return append(append(h.BatchLoss, h.Metrics["mean"]...), h.Metrics["sum"]...)
}

// spelt is the labels of 20 samples: none to three of them, some twice in a row.
func spelt() *nnlib.Tensor {
	y := nnlib.NewTensor(20, 3)
	for i := range 20 {
		for k := range i % 4 {
			y.Data[3*i+k] = float32(1 + (i/3+k/2)%3)
		}
	}
	return y
}

// circleTrained returns the batch losses of a model that puts classes apart, weighted.
func circleTrained() []float64 {
	m := nnlib.Within(rng.Root(3)).NewSequential(&nnlib.Dense{Units: 4, InputDim: 2, Activation: "tanh"}, &nnlib.Dense{Units: 3}, &nnlib.UnitNormalization{})
	m.Compile(nnlib.Compile{Loss: "circle", Optimizer: &nnlib.SGD{LearningRate: 0.002}})
	X, _ := resumption{inputs: nnlib.Shape{2}}.data()
	y := make([]int, 20)
	for i := range y {
		y[i] = i % 3
	}
	return m.Fit(X, y, nnlib.Fit{Epochs: 6, BatchSize: 8, ClassWeight: map[int]float64{0: 1, 1: 0.5, 2: 2}}).BatchLoss
}

// metricsMeasured returns each metric for shares after an epoch.
func metricsMeasured() (all []float64) {
	X, y := sequence()
	names := []any{"mse", "rmse", "mae", "r2_score", "auc", "precision", "recall", "f1_score", "binary_accuracy", "true_positives", "precision_at_recall",
		"specificity_at_sensitivity", "cosine_similarity", "pearson_correlation", "concordance_correlation", "binary_io_u", "fbeta_score"}
	m := nnlib.Within(rng.Root(3)).NewSequential(&nnlib.Dense{Units: 4, InputDim: 1, Activation: "tanh"}, &nnlib.Dense{Units: 2, Activation: "sigmoid"})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam", Metrics: names})
	want := nnlib.NewTensor(len(y), 2)
	for i, v := range y {
		want.Data[2*i], want.Data[2*i+1] = float32(v), float32(1-v)
	}
	h := m.Fit(X, want, nnlib.Fit{Epochs: 2, BatchSize: 4})
	for _, metric := range names {
		all = append(all, h.Metrics[metric.(string)]...)
	}
	return all
}

// initialized returns a weight of each initializer.
func initialized() (all []float64) {
	s := nnlib.Within(rng.Root(4))
	for _, name := range []string{"glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "random_uniform",
		"random_normal", "truncated_normal", "orthogonal", "identity", "zeros", "ones"} {
		m := s.NewSequential(&nnlib.Dense{Units: 4, InputDim: 6, KernelInitializer: name})
		for i := range 6 {
			all = append(all, m.Params()[0].Value.Row(i)...)
		}
	}
	return all
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		if got := digest(g.run()); got != g.want {
			t.Errorf("%s: digest %s, want %s", g.name, got, g.want)
		}
	}
}

// The digests are the same without the CPU's extensions and on one thread.
func TestGoldenElsewhere(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{"GODEBUG=cpu.all=off", "GODEBUG=cpu.fma=off", "GODEBUG=cpu.avx2=off", "GOMAXPROCS=1", "GOMAXPROCS=3"} {
		cmd := exec.Command(self, "-test.run=^TestGolden$", "-test.v")
		cmd.Env = append(os.Environ(), env)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
			t.Errorf("%s: %v\n%s", env, err, out)
		}
	}
}

// The digests are the same when the compiler may fuse and vectorise more.
func TestGoldenV3(t *testing.T) {
	if runtime.GOARCH != "amd64" || os.Getenv("GOAMD64") == "v3" || testing.Short() {
		t.Skip("GOAMD64=v3 is another build of amd64; it is this one already, or the tests are to be short")
	}
	cmd := exec.Command("go", "test", "-count=1", "-run=^TestGolden$", "-v", ".")
	cmd.Env = append(os.Environ(), "GOAMD64=v3")
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "This program can only be run on AMD64 processors with") {
		t.Skip("this CPU is older than GOAMD64=v3")
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
		t.Errorf("GOAMD64=v3: %v\n%s", err, out)
	}
}

// A step of training allocates nothing: a thousand epochs cost no more allocations than ten.
func TestFitAllocatesNothingPerStep(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes sync.Pool forget, so allocations cannot be counted")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties sync.Pool too
	X, y := sequence()
	model := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	tx, ty := nnlib.Array(X), nnlib.Array(y)
	fit := func(epochs int) float64 {
		return testing.AllocsPerRun(3, func() { model.Fit(tx, ty, nnlib.Fit{Epochs: epochs, BatchSize: 4}) })
	}
	if few, many := calm(fit, 10, 1000); many > few {
		t.Errorf("%v allocations for 10 epochs, %v for 1000", few, many)
	}
}

// calm counts the allocations of a short and of a long training. A worker that begins or ends in
// between is counted too, but not every time.
func calm(fit func(epochs int) float64, short, long int) (few, many float64) {
	for range 5 {
		if few, many = fit(short), fit(long); many <= few {
			break
		}
	}
	return few, many
}

// Nor do losses, optimizers, metrics, regularizers and constraints allocate.
func TestPartsAllocateNothingPerStep(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes sync.Pool forget, so allocations cannot be counted")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties sync.Pool too
	X, y := sequence()
	one := func(v string) nnlib.Compile {
		return nnlib.Compile{Loss: v, Optimizer: "sgd", Metrics: []any{"mae", "rmse"}}
	}
	var all []nnlib.Compile
	for _, loss := range []string{"mse", "mae", "mape", "msle", "huber", "log_cosh", "poisson", "bce", "categorical_crossentropy", "kl_divergence", "hinge",
		"squared_hinge", "categorical_hinge", "cosine_similarity"} {
		all = append(all, one(loss))
	}
	for _, optimizer := range []string{"adam", "rmsprop", "adagrad", "adadelta", "adamw", "adamax", "nadam", "lion"} {
		all = append(all, nnlib.Compile{Loss: "mse", Optimizer: optimizer, ClipNorm: 1, ClipValue: 1, GlobalClipNorm: 1})
	}
	for _, c := range all {
		m := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 1, InputDim: 1, Activation: "sigmoid", KernelRegularizer: "l1_l2", KernelConstraint: "unit_norm"})
		m.Compile(c)
		tx, ty := nnlib.Array(X), nnlib.Array(y)
		fit := func(epochs int) float64 {
			return testing.AllocsPerRun(2, func() { m.Fit(tx, ty, nnlib.Fit{Epochs: epochs, BatchSize: 4}) })
		}
		if few, many := calm(fit, 20, 120); many > few {
			t.Errorf("%v with %v: %v allocations for 20 epochs, %v for 120", c.Loss, c.Optimizer, few, many)
		}
	}
}
