package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*SiLU)(nil)

// SiLU is x·sigmoid(x), also known as swish.
type SiLU struct{}

// Apply computes y from x.
func (*SiLU) Apply(y, x *Tensor) {
	exact.SigmoidTo(y.Data, x.Data)
	exact.Mul32(y.Data, y.Data, x.Data)
}

// Grad computes dx = dy·s(1 + x(1-s)) with s the sigmoid.
func (*SiLU) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		s := exact.Sigmoid32(v)
		dx.Data[i] = dy.Data[i] * (s * (1 + float32(v*(1-s))))
	}
}
