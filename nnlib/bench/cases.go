package main

import (
	"fmt"
	"time"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// A benchmark is one thing that all do.
type benchmark struct {
	name, what string
	steps      map[string]int // in one measurement, by who
	run        func(steps int)
	peers      []string
	target     string
}

// benchmarks are the rows of the table, with the models of peers.py.
func benchmarks() []benchmark {
	s := nnlib.Within(rng.Root(1))
	both := []string{"torch", "keras"}
	train := func(m *nnlib.Model, X, y *nnlib.Tensor, loss string) func(int) {
		m.Compile(nnlib.Compile{Loss: loss, Optimizer: "adam"})
		return func(steps int) { m.Fit(X, y, nnlib.Fit{Epochs: steps, BatchSize: X.Shape[0], NoShuffle: true}) }
	}
	in := nnlib.Input(32, 64)
	attended := nnlib.Apply(&nnlib.MultiHeadAttention{NumHeads: 4, KeyDim: 16}, in, in)
	attention := s.NewModel([]*nnlib.Node{in}, []*nnlib.Node{attended.Apply(&nnlib.GlobalAveragePooling1D{}).Apply(&nnlib.Dense{Units: 1})})
	dense := s.NewSequential(&nnlib.Dense{Units: 64, InputDim: 64, Activation: "relu"}, &nnlib.Dense{Units: 64, Activation: "relu"}, &nnlib.Dense{Units: 10, Activation: "softmax"})
	one := normal("predict", 1, 64)
	X, y := normal("mlp x", 1000, 20), normal("mlp y", 1000)
	return []benchmark{
		{"tutorial", "epoch of the tutorial's model", map[string]int{"nnlib": 2000, "torch": 100, "keras": 20},
			train(s.NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1}), normal("t", 9, 1), normal("u", 9, 1), "mse"), both, "Keras 100"},
		{"lstm", "LSTM step, 32 x 64 steps x 32, 64 units", map[string]int{"nnlib": 5, "torch": 5, "keras": 5},
			train(s.NewSequential(&nnlib.LSTM{Units: 64, InputShape: nnlib.Shape{64, 32}}, &nnlib.Dense{Units: 1}), normal("l", 32, 64, 32), normal("m", 32, 1), "mse"), both, "both 1"},
		{"conv", "Conv step, 32 x 28 x 28 x 1, 32 filters", map[string]int{"nnlib": 10, "torch": 10, "keras": 10},
			train(s.NewSequential(&nnlib.Conv2D{Filters: 32, KernelSize: [2]int{3}, Activation: "relu", InputShape: nnlib.Shape{28, 28, 1}}, &nnlib.MaxPooling2D{}, &nnlib.Flatten{}, &nnlib.Dense{Units: 10, Activation: "softmax"}),
				normal("c", 32, 28, 28, 1), digits(32), "sparse_categorical_crossentropy"), both, "both 1"},
		{"attention", "attention step, 32 x 32 steps x 64, 4 heads", map[string]int{"nnlib": 10, "torch": 10, "keras": 10},
			train(attention, normal("a", 32, 32, 64), normal("b", 32, 1), "mse"), both, "both 1"},
		{"predict", "Predict, 1 sample, 64-64-64-10", map[string]int{"nnlib": 2000, "torch": 500, "keras": 10},
			func(steps int) {
				for range steps {
					dense.Predict(one)
				}
			}, both, "both 5"},
		{"mlp", "MLPRegressor epoch, 1000 x 20, 100 hidden", map[string]int{"nnlib": 10, "sklearn": 10},
			func(steps int) {
				(&nnlib.MLPRegressor{MLP: nnlib.MLP{MaxIter: steps, NIterNoChange: steps, Random: rng.NewRandomState(1)}}).Fit(X, y)
			}, []string{"sklearn"}, "none"},
	}
}

// measure returns the seconds of one step.
func (b benchmark) measure() float64 {
	start := time.Now()
	b.run(b.steps["nnlib"])
	return time.Since(start).Seconds() / float64(b.steps["nnlib"])
}

func normal(name string, shape ...int) *nnlib.Tensor {
	t, s := nnlib.NewTensor(shape...), rng.Root(1).Stream("bench", name)
	for i := range t.Data {
		t.Data[i] = float32(s.NormFloat64())
	}
	return t
}

func digits(n int) *nnlib.Tensor {
	t := nnlib.NewTensor(n, 1)
	for i := range t.Data {
		t.Data[i] = float32(i % 10)
	}
	return t
}

// caseNamed finds a benchmark.
func caseNamed(name string) (benchmark, error) {
	for _, b := range benchmarks() {
		if b.name == name {
			return b, nil
		}
	}
	return benchmark{}, fmt.Errorf("there is no benchmark %q", name)
}
