package nnlib

import (
	"errors"
	"fmt"
	"math"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// An MLP is what MLPRegressor and MLPClassifier have in common, under
// scikit-learn's names and with its defaults.
type MLP struct {
	HiddenLayerSizes []int   // {100} by default
	Activation       string  // "relu" by default, "identity", "logistic", "tanh"
	Solver           string  // "adam" by default, "sgd"
	Alpha            float64 // weight of the L2 penalty, 0.0001 by default; -1 for none
	BatchSize        int     // 200 by default, or all samples if there are fewer
	LearningRateInit float64 // 0.001 by default
	MaxIter          int     // epochs, 200 by default
	Momentum         float64 // of sgd, with Nesterov's step; 0.9 by default
	Tol              float64 // an epoch that is not better by this counts as none; 0.0001 by default
	NIterNoChange    int     // so many of them in a row end the training; 10 by default
	NoShuffle        bool

	EarlyStopping      bool    // judge by a part that is kept apart, and keep the best weights
	ValidationFraction float64 // that part; 0.1 by default

	// Random draws the weights and shuffles of scikit-learn's random_state=1:
	// rng.NewRandomState(1). Without it the model draws from the program's streams.
	Random *rng.RandomState

	// Set by Fit.
	Network          *Model
	LossCurve        []float64 // of each epoch
	ValidationScores []float64 // of each epoch, with EarlyStopping
	NIter            int       // epochs
	BestLoss         float64

	features int
}

// mlpSession is where the network draws from.
func (m *MLP) session() *Session {
	if m.Random == nil {
		return program
	}
	root := rng.Root(0)
	root.SetLocal(worldKey{}, sklearnWorld{nativeWorld{root}, m.Random})
	s := Within(root)
	_, s.progress, s.poll = program.now()
	return s
}

// sklearnWorld draws weights and shuffles as sklearn/neural_network/_multilayer_perceptron.py does.
type sklearnWorld struct {
	nativeWorld
	random *rng.RandomState
}

func (w sklearnWorld) uniform(t *Tensor, low, high float64, _ []any) error {
	for i := range t.Data {
		t.Data[i] = float32(w.random.Uniform(low, high))
	}
	return nil
}

func (w sklearnWorld) shuffle(_ *rng.Stream, index []int) { w.random.ShuffleInts(index) }
func (w sklearnWorld) taken(*rng.Stream) uint64           { return w.random.Words() }
func (w sklearnWorld) epsilon() float64                   { return 1e-8 }

func (w sklearnWorld) state() ([]byte, error) {
	return nil, errors.New("a network with a generator of scikit-learn's cannot be kept in a checkpoint; leave Random out")
}

var mlpActivations = map[string]string{"": "relu", "relu": "relu", "identity": "linear", "logistic": "sigmoid", "tanh": "tanh"}

// build makes the network: dense layers, the last one without an activation.
func (m *MLP) build(samples, features, outputs int) error {
	activation, ok := mlpActivations[m.Activation]
	if !ok {
		return fmt.Errorf(`there is no activation %q; there are "relu", "identity", "logistic" and "tanh"`, m.Activation)
	}
	m.features = features
	sizes := m.HiddenLayerSizes
	if len(sizes) == 0 {
		sizes = []int{100}
	}
	m.Network = m.session().newModel()
	m.Network.Add(&InputLayer{Shape{features}})
	factor := 6.0
	if m.Activation == "logistic" {
		factor = 2
	}
	l2 := &L1L2{L2: m.alpha() / 2 / float64(m.batch(samples))}
	in := features
	for _, units := range sizes {
		m.Network.Add(mlpLayer(in, units, factor, activation, l2))
		in = units
	}
	m.Network.Add(mlpLayer(in, outputs, factor, "linear", l2))
	return nil
}

// mlpLayer starts kernel and bias within the same bounds.
func mlpLayer(in, units int, factor float64, activation string, l2 Regularizer) *Dense {
	bound := math.Sqrt(factor / float64(in+units))
	start := &RandomUniform{-bound, bound}
	return &Dense{Units: units, Activation: activation, KernelInitializer: start, BiasInitializer: start, KernelRegularizer: l2}
}

func (m *MLP) alpha() float64 {
	if m.Alpha < 0 {
		return 0
	}
	return orNumber(m.Alpha, 0.0001)
}

func (m *MLP) batch(samples int) int { return min(orInt(m.BatchSize, 200), samples) }

func (m *MLP) optimizer() (Optimizer, error) {
	rate := orNumber(m.LearningRateInit, 0.001)
	switch m.Solver {
	case "", "adam":
		return &Adam{LearningRate: rate, Epsilon: 1e-8}, nil
	case "sgd":
		return &SGD{LearningRate: rate, Momentum: orNumber(m.Momentum, 0.9), Nesterov: true}, nil
	}
	return nil, fmt.Errorf(`there is no solver %q; there are "adam" and "sgd"`, m.Solver)
}

// train fits the network until it no longer gets better. score judges the part that is kept apart.
func (m *MLP) train(x, y, keptX *Tensor, loss Loss, score func(x *Tensor) float64) error {
	optimizer, err := m.optimizer()
	if err != nil {
		return err
	}
	m.LossCurve, m.ValidationScores, m.BestLoss = nil, nil, inf
	m.Network.Compile(Compile{Loss: loss, Optimizer: optimizer})
	watch := &mlpWatch{mlp: m, best: -inf}
	if keptX != nil {
		watch.score = func() float64 { return score(keptX) }
	}
	m.Network.Fit(x, y, Fit{Epochs: orInt(m.MaxIter, 200), BatchSize: m.batch(x.Shape[0]), NoShuffle: m.NoShuffle, Callbacks: []Callback{watch}})
	m.NIter = len(m.LossCurve)
	return nil
}

// mlpWatch ends the training as scikit-learn does.
type mlpWatch struct {
	mlp     *MLP
	score   func() float64 // nil: the loss decides
	best    float64
	weights [][]float32
	waited  int
}

// Hooks starts watching.
func (w *mlpWatch) Hooks(model *Model) Hooks {
	return Hooks{OnEpochEnd: func(_ int, logs Logs) {
		m := w.mlp
		m.LossCurve = append(m.LossCurve, logs["loss"])
		value, best := -logs["loss"], -m.BestLoss
		if w.score != nil {
			value, best = w.score(), w.best
			m.ValidationScores = append(m.ValidationScores, value)
		}
		if value < best+orNumber(m.Tol, 0.0001) {
			w.waited++
		} else {
			w.waited = 0
		}
		if w.score != nil && value > best {
			w.best, w.weights = value, model.snapshot()
		}
		m.BestLoss = min(m.BestLoss, logs["loss"])
		if w.waited > orInt(m.NIterNoChange, 10) {
			model.StopTraining()
		}
	}, OnTrainEnd: func() {
		if w.weights != nil {
			model.restore(w.weights)
		}
	}}
}

// outputs returns the network's last layer for X.
func (m *MLP) outputs(who string, X any) *Tensor {
	if m.Network == nil {
		panic(fmt.Errorf("nnlib: %s is not fitted yet; call Fit first", who))
	}
	x := samplesOf(who, X)
	if x.Shape[1] != m.features {
		panic(fmt.Errorf("nnlib: %s was fitted to %d columns and got %d", who, m.features, x.Shape[1]))
	}
	return m.Network.Predict(x)
}

// samplesOf returns X as rows; a slice of numbers is one column.
func samplesOf(who string, X any) *Tensor {
	x := dense(who, X)
	rows, cols := x.Dims()
	t := NewTensor(rows, cols)
	for i, v := range x.RawMatrix().Data {
		if !finiteNumber(v) {
			panic(fmt.Errorf("nnlib: %s: column %d is %v in row %d; drop or fill such rows first", who, i%cols, v, i/cols))
		}
		t.Data[i] = float32(v)
	}
	return t
}

// learning is how many of n samples are learnt from.
func (m *MLP) learning(n int) int {
	if !m.EarlyStopping {
		return n
	}
	return n - exact.ToInt(math.Ceil(orNumber(m.ValidationFraction, 0.1)*float64(n)))
}

// apart divides x and y into what is learnt from and what is kept to judge by.
func (m *MLP) apart(x, y *Tensor, classes any) (trainX, trainY, keptX *Tensor, kept []int) {
	if !m.EarlyStopping {
		return x, y, nil, nil
	}
	n := x.Shape[0]
	tests := n - m.learning(n)
	if tests < 2 || tests >= n {
		panic(errors.New("nnlib: EarlyStopping keeps a part of the samples apart, and there are too few of them; set ValidationFraction, or leave EarlyStopping out"))
	}
	train, test := Split{Random: m.Random, Stratify: classes}.indices(n, tests)
	return tensorRows(x, train), tensorRows(y, train), tensorRows(x, test), test
}

func tensorRows(t *Tensor, index []int) *Tensor {
	_, cols := t.Dims()
	out := NewTensor(append([]int{len(index)}, t.Shape[1:]...)...)
	for k, i := range index {
		copy(out.Data[k*cols:(k+1)*cols], t.Data[i*cols:(i+1)*cols])
	}
	return out
}

// matrix64 returns a tensor as a gonum matrix.
func matrix64(t *Tensor) *mat.Dense { return mat.DenseCopyOf(t) }
