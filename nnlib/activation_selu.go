package nnlib

var _ Activation = (*SELU)(nil)

// SELU is a scaled ELU that keeps mean 0 and variance 1. Klambauer and others, 2017.
type SELU struct{}

// Apply computes y from x.
func (*SELU) Apply(y, x *Tensor) { elu(y, x, seluAlpha, seluScale) }

// Grad computes dx.
func (*SELU) Grad(dx, dy, x, y *Tensor) { eluGrad(dx, dy, x, y, seluAlpha, seluScale) }
