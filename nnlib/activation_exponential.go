package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Exponential)(nil)

// Exponential is e^x.
type Exponential struct{}

// Apply computes y from x.
func (*Exponential) Apply(y, x *Tensor) { exact.ExpTo(y.Data, x.Data) }

// Grad computes dx = dy·y.
func (*Exponential) Grad(dx, dy, _, y *Tensor) { exact.Mul32(dx.Data, dy.Data, y.Data) }
