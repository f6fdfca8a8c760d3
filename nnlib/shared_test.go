package nnlib_test

import (
	"runtime"
	"slices"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// TestShared: layers that share out their samples train to the same bits on every number of workers.
func TestShared(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	const samples, steps, features, units = 13, 16, 5, 64
	sequence, image := nnlib.Shape{steps, features}, nnlib.Shape{32, 32, 1}
	over := func(l nnlib.Layer) []nnlib.Layer { return []nnlib.Layer{&nnlib.Masking{InputShape: sequence}, l} }
	for _, c := range []struct {
		name   string
		shape  nnlib.Shape
		work   int // of the smallest of its layers
		layers func() []nnlib.Layer
	}{
		{"SimpleRNN", sequence, samples * steps * units * units, func() []nnlib.Layer { return over(&nnlib.SimpleRNN{Units: units, RecurrentDropout: 0.2}) }},
		{"LSTM", sequence, samples * steps * units * units, func() []nnlib.Layer {
			return over(&nnlib.LSTM{Units: units, Dropout: 0.1, RecurrentDropout: 0.2})
		}},
		{"LSTM stateful", sequence, samples * steps * units * units, func() []nnlib.Layer {
			return over(&nnlib.LSTM{Units: units, Stateful: true, GoBackwards: true})
		}},
		{"GRU", sequence, samples * steps * units * units, func() []nnlib.Layer { return over(&nnlib.GRU{Units: units, Dropout: 0.1}) }},
		{"convolution and pools", image, samples * 8 * 8 * 4 * 32 * 16, func() []nnlib.Layer {
			return []nnlib.Layer{
				&nnlib.Conv2D{Filters: 32, KernelSize: [2]int{5}, Padding: "same", Activation: "relu", InputShape: image},
				&nnlib.MaxPooling2D{}, &nnlib.AveragePooling2D{}, &nnlib.Flatten{},
			}
		}},
	} {
		if exact.Pieces(samples, c.work) == 1 {
			t.Errorf("%s: the smallest of the layers is not shared", c.name)
		}
		var digests []uint64
		for _, procs := range []int{1, 2, 3, 7} {
			runtime.GOMAXPROCS(procs)
			digests = append(digests, trainedDigest(samples, c.shape, c.layers()))
		}
		runtime.GOMAXPROCS(2)
		if len(slices.Compact(digests)) != 1 {
			t.Errorf("%s: weights on 1, 2, 3 and 7 workers have the digests %x", c.name, digests)
		}
	}
}

// trainedDigest is that of all weights after three steps. Half of the samples end in zeros, which Masking hides.
func trainedDigest(samples int, shape nnlib.Shape, layers []nnlib.Layer) uint64 {
	m := fresh().NewSequential(append(layers, &nnlib.Dense{Units: 1})...)
	x, y := nnlib.NewTensor(append([]int{samples}, shape...)...), nnlib.NewTensor(samples, 1)
	size, last := shape.Size(), shape[len(shape)-1]
	for i := range x.Data {
		if b, at := i/size, i%size/last; b%2 == 0 || at < size/last-b%5 {
			x.Data[i] = float32(i%23)/23 - 0.4
		}
	}
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	m.Fit(x, y, nnlib.Fit{Epochs: 3, BatchSize: samples})
	digest := uint64(0)
	for _, p := range m.Params() {
		digest = exact.Fold(digest, exact.Hash32(p.Value.Data))
	}
	return digest
}
