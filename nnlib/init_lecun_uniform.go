package nnlib

var _ Initializer = (*LecunUniform)(nil)

// LecunUniform draws uniformly within ±√(3/in).
type LecunUniform struct{}

// Init fills w.
func (*LecunUniform) Init(w *Tensor, d *Draw) error {
	return (&VarianceScaling{Distribution: "uniform"}).Init(w, d)
}
