package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*TanhShrink)(nil)

// TanhShrink is x - tanh(x).
type TanhShrink struct{}

// Apply computes y from x.
func (*TanhShrink) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v - exact.Tanh32(v)
	}
}

// Grad computes dx = dy·tanh²(x).
func (*TanhShrink) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		t := exact.Tanh32(v)
		dx.Data[i] = dy.Data[i] * float32(t*t)
	}
}
