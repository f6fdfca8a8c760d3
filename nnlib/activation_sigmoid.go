package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Sigmoid)(nil)

// Sigmoid is 1 / (1 + e^-x).
type Sigmoid struct{}

// Apply computes y from x.
func (*Sigmoid) Apply(y, x *Tensor) { exact.SigmoidTo(y.Data, x.Data) }

// Grad computes dx = dy·y(1-y).
func (*Sigmoid) Grad(dx, dy, _, y *Tensor) {
	exact.SigmoidGrad32(dx.Data, y.Data, dy.Data)
}
