package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*GELU)(nil)
	_ Activation = (*SiLU)(nil)
	_ Activation = (*Mish)(nil)
)

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

// SiLU is x·sigmoid(x), also known as swish.
type SiLU struct{}

// Apply computes y from x.
func (*SiLU) Apply(y, x *Tensor) {
	exact.SigmoidTo(y.Data, x.Data)
	exact.Mul32(y.Data, y.Data, x.Data)
}

// Grad computes dx = dy·s(1 + x(1-s)) with s the sigmoid.
func (*SiLU) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		s := exact.Sigmoid32(v)
		dx.Data[i] = dy.Data[i] * (s * (1 + float32(v*(1-s))))
	}
}

// Mish is x·tanh(softplus(x)). Misra, 2019.
type Mish struct{}

// Apply computes y from x.
func (*Mish) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v * exact.Tanh32(exact.Softplus32(v))
	}
}

// Grad computes dx = dy·(t + x·s·(1-t²)), t the tanh and s the sigmoid.
func (*Mish) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		t := exact.Tanh32(exact.Softplus32(v))
		slope := float32(v * exact.Sigmoid32(v) * (1 - float32(t*t)))
		dx.Data[i] = dy.Data[i] * (t + slope)
	}
}
