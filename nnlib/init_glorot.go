package nnlib

import "math"

var (
	_ Initializer = (*GlorotUniform)(nil)
	_ Initializer = (*GlorotNormal)(nil)
)

// GlorotUniform draws uniformly within ±√(6/(in+out)), Keras's default for kernels.
// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
type GlorotUniform struct{}

// Init fills w.
func (*GlorotUniform) Init(w *Tensor, d *Draw) error {
	limit := math.Sqrt(3 / fanAverage(w.Shape))
	return d.Uniform(w, -limit, limit)
}

// GlorotNormal draws normally with variance 2/(in+out), truncated.
type GlorotNormal struct{}

// Init fills w.
func (*GlorotNormal) Init(w *Tensor, d *Draw) error {
	return d.TruncatedNormal(w, 0, math.Sqrt(1/fanAverage(w.Shape))/truncatedDeviation)
}

// truncatedDeviation is the standard deviation of a normal number truncated at ±2.
const truncatedDeviation = .87962566103423978
