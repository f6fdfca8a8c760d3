package nnlib

import (
	"errors"

	"reprise/nnlib/rng"
)

var _ Backend = Native{}

// Native is our own way to draw, and the default: every number depends on the
// seed and its name only. Element (i, j) of a weight is the same whatever the
// weight's shape, i counting all axes but the last and j the last.
type Native struct {
	Seed uint64
}

func (n Native) seed() uint64               { return n.Seed }
func (n Native) world(root *rng.Tree) world { return nativeWorld{root} }

type nativeWorld struct{ root *rng.Tree }

func (n nativeWorld) uniform(w *Tensor, low, high float64, path []any) error {
	n.fill(w, path, func(s *rng.Stream, i, j uint32) float64 {
		return low + float64((high-low)*s.UniformAt(i, j))
	})
	return nil
}

func (n nativeWorld) normal(w *Tensor, mean, deviation float64, path []any) error {
	n.fill(w, path, func(s *rng.Stream, i, j uint32) float64 {
		return mean + float64(deviation*s.NormAt(i, j))
	})
	return nil
}

// truncatedNormal maps one uniform number to a normal one within two deviations.
func (n nativeWorld) truncatedNormal(w *Tensor, mean, deviation float64, path []any) error {
	const below = 0.02275013194817921 // the weight below -2
	n.fill(w, path, func(s *rng.Stream, i, j uint32) float64 {
		p := below + float64((1-2*below)*s.UniformAt(i, j))
		return mean + float64(deviation*rng.NormQuantile(p))
	})
	return nil
}

func (n nativeWorld) fill(w *Tensor, path []any, draw func(s *rng.Stream, i, j uint32) float64) {
	s := n.root.Stream(path...)
	cols := max(w.Shape[len(w.Shape)-1], 1)
	for k := range w.Data {
		w.Data[k] = float32(draw(s, uint32(k/cols), uint32(k%cols)))
	}
}

func (nativeWorld) shuffle(s *rng.Stream, index []int) {
	for i := len(index) - 1; i > 0; i-- {
		j := s.IntN(i + 1)
		index[i], index[j] = index[j], index[i]
	}
}

func (nativeWorld) taken(s *rng.Stream) uint64 { return s.Position() }

// state is empty: all streams belong to a model.
func (nativeWorld) state() ([]byte, error) { return nil, nil }

func (nativeWorld) resume(state []byte) error {
	if len(state) != 0 {
		return errors.New("it was made on the backend of another library; call Use with that one")
	}
	return nil
}

func (nativeWorld) epsilon() float64 { return 1e-7 }
func (nativeWorld) late() bool       { return false }
