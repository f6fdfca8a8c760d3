package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*ReLU)(nil)

// ReLU is max(x, 0). It is also a layer's name in Keras: use it with Activation.
type ReLU struct {
	MaxValue float64 // the output is cut here; 0 for no limit
}

// Apply computes y from x.
func (r *ReLU) Apply(y, x *Tensor) {
	exact.Relu32(y.Data, x.Data)
	if r.MaxValue > 0 {
		for i, v := range y.Data {
			y.Data[i] = min(v, float32(r.MaxValue))
		}
	}
}

// Grad computes dx: dy where 0 < y < MaxValue.
func (r *ReLU) Grad(dx, dy, _, y *Tensor) {
	if r.MaxValue == 0 {
		exact.ReluGrad32(dx.Data, y.Data, dy.Data)
		return
	}
	for i, v := range y.Data {
		dx.Data[i] = keep(dy.Data[i], v > 0 && v < float32(r.MaxValue))
	}
}
