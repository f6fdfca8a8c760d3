package nnlib_test

import (
	"runtime"
	"slices"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// TestRecurrentWorkers: recurrent layers that are big enough to be shared by samples train to the same
// bits on every number of workers, with dropout, padding and states as well.
func TestRecurrentWorkers(t *testing.T) {
	const samples, steps, features, units = 13, 16, 5, 64
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	if exact.Pieces(samples, samples*steps*units*units) == 1 {
		t.Fatal("the smallest of the layers is not shared")
	}
	for _, c := range []struct {
		name  string
		layer func() nnlib.Layer
	}{
		{"SimpleRNN", func() nnlib.Layer { return &nnlib.SimpleRNN{Units: units, RecurrentDropout: 0.2} }},
		{"LSTM", func() nnlib.Layer { return &nnlib.LSTM{Units: units, Dropout: 0.1, RecurrentDropout: 0.2} }},
		{"LSTM stateful", func() nnlib.Layer { return &nnlib.LSTM{Units: units, Stateful: true, GoBackwards: true} }},
		{"GRU", func() nnlib.Layer { return &nnlib.GRU{Units: units, Dropout: 0.1} }},
	} {
		var digests []uint64
		for _, procs := range []int{1, 2, 3, 7} {
			runtime.GOMAXPROCS(procs)
			digests = append(digests, trainRecurrent(c.layer(), samples, steps, features))
		}
		if len(slices.Compact(digests)) != 1 {
			t.Errorf("%s: weights on 1, 2, 3 and 7 workers have the digests %x", c.name, digests)
		}
	}
}

// trainRecurrent returns the digest of all weights after three steps; half of the samples end in padding.
func trainRecurrent(layer nnlib.Layer, samples, steps, features int) uint64 {
	m := fresh().NewSequential(&nnlib.Masking{InputShape: nnlib.Shape{steps, features}}, layer, &nnlib.Dense{Units: 1})
	x, y := nnlib.NewTensor(samples, steps, features), nnlib.NewTensor(samples, 1)
	for i := range x.Data {
		if b, at := i/(steps*features), i/features%steps; b%2 == 0 || at < steps-b%5 {
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
