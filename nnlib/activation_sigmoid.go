package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*Sigmoid)(nil)
	_ Activation = (*HardSigmoid)(nil)
)

// Sigmoid is 1 / (1 + e^-x).
type Sigmoid struct{}

// Apply computes y from x.
func (*Sigmoid) Apply(y, x *Tensor) { exact.SigmoidTo(y.Data, x.Data) }

// Grad computes dx = dy·y(1-y).
func (*Sigmoid) Grad(dx, dy, _, y *Tensor) {
	for i, v := range y.Data {
		dx.Data[i] = dy.Data[i] * (v * (1 - v))
	}
}

// HardSigmoid is relu6(x + 3) / 6, as in Keras 3.
type HardSigmoid struct{}

// Apply computes y from x.
func (*HardSigmoid) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = max(0, min(v+3, 6)) / 6
	}
}

// Grad computes dx.
func (*HardSigmoid) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i]/6, v > -3 && v < 3)
	}
}
