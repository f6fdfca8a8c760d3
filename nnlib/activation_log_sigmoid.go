package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*LogSigmoid)(nil)

// LogSigmoid is ln sigmoid(x), exact for large negative x.
type LogSigmoid struct{}

// Apply computes y from x.
func (*LogSigmoid) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = -exact.Softplus32(-v)
	}
}

// Grad computes dx.
func (*LogSigmoid) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = dy.Data[i] * exact.Sigmoid32(-v)
	}
}
