package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*Softplus)(nil)
	_ Activation = (*Softsign)(nil)
)

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

// Softsign is x / (1 + |x|).
type Softsign struct{}

// Apply computes y from x.
func (*Softsign) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v / (1 + max(v, -v))
	}
}

// Grad computes dx = dy / (1 + |x|)².
func (*Softsign) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		d := 1 + max(v, -v)
		dx.Data[i] = dy.Data[i] / (d * d)
	}
}
