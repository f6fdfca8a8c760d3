package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Mish)(nil)

// Mish is x·tanh(softplus(x)). Misra, 2019.
type Mish struct{}

// Apply computes y from x.
func (*Mish) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v * exact.Tanh32(exact.Softplus32(v))
	}
}

// Grad computes dx = dy·(t + x·s·(1-t²)), t the tanh and s the sigmoid.
func (*Mish) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		t := exact.Tanh32(exact.Softplus32(v))
		slope := float32(v * exact.Sigmoid32(v) * (1 - float32(t*t)))
		dx.Data[i] = dy.Data[i] * (t + slope)
	}
}
