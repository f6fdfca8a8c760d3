package nnlib

var _ Initializer = (*LecunNormal)(nil)

// LecunNormal draws truncated normally with variance 1/in.
type LecunNormal struct{}

// Init fills w.
func (*LecunNormal) Init(w *Tensor, d *Draw) error { return (&VarianceScaling{}).Init(w, d) }
