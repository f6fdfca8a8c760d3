package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Squareplus)(nil)

// Squareplus is (x + √(x² + B)) / 2, a smooth relu without exponentials. Barron, 2021.
type Squareplus struct {
	B float64 // 4 by default
}

// Apply computes y from x.
func (a *Squareplus) Apply(y, x *Tensor) {
	b := float32(orNumber(a.B, 4))
	for i, v := range x.Data {
		y.Data[i] = (v + exact.Sqrt32(float32(v*v)+b)) / 2
	}
}

// Grad computes dx.
func (a *Squareplus) Grad(dx, dy, x, _ *Tensor) {
	b := float32(orNumber(a.B, 4))
	for i, v := range x.Data {
		dx.Data[i] = dy.Data[i] * (1 + v/exact.Sqrt32(float32(v*v)+b)) / 2
	}
}
