package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*GELU)(nil)

// GELU is x·Φ(x), with Φ the normal distribution. Hendrycks and Gimpel, 2016. It is
// the exact form, Keras's default, not the one by tanh.
type GELU struct{}

// Apply computes y from x.
func (*GELU) Apply(y, x *Tensor) { exact.GeluTo(y.Data, x.Data) }

// Grad computes dx = dy·(Φ(x) + x·φ(x)) in float64.
func (*GELU) Grad(dx, dy, x, _ *Tensor) {
	const sqrtHalf, inverseSqrt2Pi = 0.70710678118654752440, 0.39894228040143267794
	for i, v := range x.Data {
		f := float64(v)
		density := float64(f * inverseSqrt2Pi * exact.Exp(-0.5*f*f))
		dx.Data[i] = dy.Data[i] * float32(float64(0.5*(1+exact.Erf(f*sqrtHalf)))+density)
	}
}
