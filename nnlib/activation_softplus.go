package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Softplus)(nil)

// Softplus is ln(1 + e^x).
type Softplus struct{}

// Apply computes y from x.
func (*Softplus) Apply(y, x *Tensor) { exact.SoftplusTo(y.Data, x.Data) }

// Grad computes dx = dy·sigmoid(x).
func (*Softplus) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = dy.Data[i] * exact.Sigmoid32(v)
	}
}
