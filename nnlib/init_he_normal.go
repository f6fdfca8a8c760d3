package nnlib

var _ Initializer = (*HeNormal)(nil)

// HeNormal draws truncated normally with variance 2/in.
type HeNormal struct{}

// Init fills w.
func (*HeNormal) Init(w *Tensor, d *Draw) error { return (&VarianceScaling{Scale: 2}).Init(w, d) }
