package nnlib

var _ Initializer = (*HeUniform)(nil)

// HeUniform draws uniformly within ±√(6/in). He and others, 2015.
type HeUniform struct{}

// Init fills w.
func (*HeUniform) Init(w *Tensor, d *Draw) error {
	return (&VarianceScaling{Scale: 2, Distribution: "uniform"}).Init(w, d)
}
