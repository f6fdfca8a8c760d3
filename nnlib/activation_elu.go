package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*ELU)(nil)
	_ Activation = (*SELU)(nil)
	_ Activation = (*Exponential)(nil)
)

// ELU is x, or where that is negative Alpha·(e^x - 1). Clevert and others, 2015.
type ELU struct {
	Alpha float64 // 1 by default
}

// Apply computes y from x.
func (e *ELU) Apply(y, x *Tensor) { elu(y, x, float32(orNumber(e.Alpha, 1)), 1) }

// Grad computes dx.
func (e *ELU) Grad(dx, dy, x, y *Tensor) { eluGrad(dx, dy, x, y, float32(orNumber(e.Alpha, 1)), 1) }

// SELU is a scaled ELU that keeps mean 0 and variance 1. Klambauer and others, 2017.
type SELU struct{}

const (
	seluAlpha float32 = 1.67326324
	seluScale float32 = 1.05070098
)

// Apply computes y from x.
func (*SELU) Apply(y, x *Tensor) { elu(y, x, seluAlpha, seluScale) }

// Grad computes dx.
func (*SELU) Grad(dx, dy, x, y *Tensor) { eluGrad(dx, dy, x, y, seluAlpha, seluScale) }

func elu(y, x *Tensor, alpha, scale float32) {
	for i, v := range x.Data {
		if v < 0 {
			v = alpha * exact.Expm132(v)
		}
		y.Data[i] = scale * v
	}
}

// eluGrad uses that the derivative below 0 is y + scale·alpha.
func eluGrad(dx, dy, x, y *Tensor, alpha, scale float32) {
	for i, v := range x.Data {
		d := scale
		if v < 0 {
			d = y.Data[i] + float32(scale*alpha)
		}
		dx.Data[i] = dy.Data[i] * d
	}
}

// Exponential is e^x.
type Exponential struct{}

// Apply computes y from x.
func (*Exponential) Apply(y, x *Tensor) { exact.ExpTo(y.Data, x.Data) }

// Grad computes dx = dy·y.
func (*Exponential) Grad(dx, dy, _, y *Tensor) { exact.Mul32(dx.Data, dy.Data, y.Data) }
