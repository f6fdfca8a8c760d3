package nnlib

var _ Initializer = (*Ones)(nil)

// Ones makes every element 1.
type Ones struct{}

// Init fills w.
func (*Ones) Init(w *Tensor, d *Draw) error { return (&Constant{1}).Init(w, d) }
