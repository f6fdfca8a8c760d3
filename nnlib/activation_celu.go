package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*CELU)(nil)

// CELU is x, or where that is negative Alpha·(e^(x/Alpha) - 1). Barron, 2017.
type CELU struct {
	Alpha float64 // 1 by default
}

// Apply computes y from x.
func (a *CELU) Apply(y, x *Tensor) {
	alpha := float32(orNumber(a.Alpha, 1))
	for i, v := range x.Data {
		y.Data[i] = v
		if v < 0 {
			y.Data[i] = alpha * exact.Expm132(v/alpha)
		}
	}
}

// Grad computes dx.
func (a *CELU) Grad(dx, dy, x, _ *Tensor) {
	alpha := float32(orNumber(a.Alpha, 1))
	for i, v := range x.Data {
		dx.Data[i] = dy.Data[i]
		if v < 0 {
			dx.Data[i] *= exact.Exp32(v / alpha)
		}
	}
}
