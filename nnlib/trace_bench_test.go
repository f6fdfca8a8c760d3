package nnlib_test

import (
	"slices"
	"testing"
	"time"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// tracedNets are those on which the cost of the trace is measured.
var tracedNets = []struct {
	name                   string
	layers                 func() []nnlib.Layer
	sample                 []int
	outputs                int
	samples, batch, epochs int
}{
	{"tutorial 1-10-1", func() []nnlib.Layer {
		return []nnlib.Layer{&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1}}
	}, []int{1}, 1, 9, 9, 1000},
	{"MLP 784-128-10", func() []nnlib.Layer {
		return []nnlib.Layer{&nnlib.Dense{Units: 128, InputDim: 784, Activation: "relu"}, &nnlib.Dense{Units: 10, Activation: "softmax"}}
	}, []int{784}, 10, 1024, 32, 1},
	{"LSTM 32", func() []nnlib.Layer {
		return []nnlib.Layer{&nnlib.LSTM{Units: 32, InputShape: nnlib.Shape{20, 8}}, &nnlib.Dense{Units: 1}}
	}, []int{20, 8}, 1, 256, 32, 1},
	{"conv 28x28", func() []nnlib.Layer {
		return []nnlib.Layer{&nnlib.Conv2D{Filters: 8, KernelSize: [2]int{3, 3}, Activation: "relu", InputShape: nnlib.Shape{28, 28, 1}},
			&nnlib.MaxPooling2D{}, &nnlib.Flatten{}, &nnlib.Dense{Units: 10, Activation: "softmax"}}
	}, []int{28, 28, 1}, 10, 128, 32, 1},
}

// What the trace costs, in percent of a training without: one model is fitted with and
// without it in turn, 200 times. Short trainings beside each other have the same luck, and
// the fastest of each kind had no other program beside it: their ratio is the cost, and the
// median of the ratios of neighbours is told too.
func BenchmarkTraceCost(b *testing.B) {
	for _, net := range tracedNets {
		b.Run(net.name, func(b *testing.B) {
			s := rng.Root(3).Stream("data")
			fill := func(shape ...int) *nnlib.Tensor {
				t := nnlib.NewTensor(shape...)
				for i := range t.Data {
					t.Data[i] = s.Float32()
				}
				return t
			}
			X, y := fill(append([]int{net.samples}, net.sample...)...), fill(net.samples, net.outputs)
			session := nnlib.Within(rng.Root(1))
			m := session.NewSequential(net.layers()...)
			m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
			train := func(untraced bool) float64 {
				nnlib.Untraced(session, untraced)
				began := time.Now()
				m.Fit(X, y, nnlib.Fit{Epochs: net.epochs, BatchSize: net.batch})
				return float64(time.Since(began))
			}
			const rounds = 200
			for b.Loop() {
				var times [2][]float64 // with, without
				var ratios []float64
				for i := range rounds {
					var t [2]float64
					for _, k := range []int{i % 2, 1 - i%2} {
						t[k] = train(k == 1)
						times[k] = append(times[k], t[k])
					}
					ratios = append(ratios, t[0]/t[1])
				}
				slices.Sort(ratios)
				b.ReportMetric(100*(slices.Min(times[0])/slices.Min(times[1])-1), "%cost")
				b.ReportMetric(100*(ratios[rounds/2]-1), "%median")
			}
		})
	}
}
