package nnlib

var _ Initializer = (*Zeros)(nil)

// Zeros makes every element 0.
type Zeros struct{}

// Init fills w.
func (*Zeros) Init(w *Tensor, _ *Draw) error { clear(w.Data); return nil }
