package nnlib

import "math"

var _ Initializer = (*GlorotUniform)(nil)

// GlorotUniform draws uniformly within ±√(6/(in+out)), Keras's default for kernels.
// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
type GlorotUniform struct{}

// Init fills w.
func (*GlorotUniform) Init(w *Tensor, d *Draw) error {
	limit := math.Sqrt(3 / fanAverage(w.Shape))
	return d.Uniform(w, -limit, limit)
}
