package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Tanh)(nil)

// Tanh is the hyperbolic tangent.
type Tanh struct{}

// Apply computes y from x.
func (*Tanh) Apply(y, x *Tensor) { exact.TanhTo(y.Data, x.Data) }

// Grad computes dx = dy·(1-y²).
func (*Tanh) Grad(dx, dy, _, y *Tensor) {
	exact.TanhGrad32(dx.Data, y.Data, dy.Data)
}
