package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*ReLU)(nil)
	_ Activation = (*LeakyReLU)(nil)
)

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
	for i, v := range y.Data {
		dx.Data[i] = keep(dy.Data[i], v > 0 && (r.MaxValue == 0 || v < float32(r.MaxValue)))
	}
}

// LeakyReLU is x, or where that is negative x·NegativeSlope.
type LeakyReLU struct {
	NegativeSlope float64 // 0.2 by default, as the function leaky_relu of Keras 3
}

// Apply computes y from x.
func (l *LeakyReLU) Apply(y, x *Tensor) {
	slope := float32(orNumber(l.NegativeSlope, 0.2))
	for i, v := range x.Data {
		if v < 0 {
			v *= slope
		}
		y.Data[i] = v
	}
}

// Grad computes dx.
func (l *LeakyReLU) Grad(dx, dy, x, _ *Tensor) {
	slope := float32(orNumber(l.NegativeSlope, 0.2))
	for i, v := range x.Data {
		g := dy.Data[i]
		if v < 0 {
			g *= slope
		}
		dx.Data[i] = g
	}
}

// keep returns g where it passes, else 0.
func keep(g float32, passes bool) float32 {
	if passes {
		return g
	}
	return 0
}
