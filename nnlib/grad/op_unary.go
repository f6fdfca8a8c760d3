package grad

import (
	"reprise/nnlib/exact"
)

// A unary operation works element by element.
type unary struct {
	apply func(y, x []float32)
	// slope is the derivative at x, where the value is y.
	slope func(x, y float32) float32
}

var (
	opNeg        = &unary{func(y, x []float32) { exact.Scale32(y, -1, x) }, func(_, _ float32) float32 { return -1 }}
	opExp        = &unary{exact.ExpTo, func(_, y float32) float32 { return y }}
	opExpm1      = &unary{exact.Expm1To, func(_, y float32) float32 { return y + 1 }}
	opLog        = &unary{exact.LogTo, func(x, _ float32) float32 { return 1 / x }}
	opLog1p      = &unary{exact.Log1pTo, func(x, _ float32) float32 { return 1 / (1 + x) }}
	opSqrt       = &unary{exact.SqrtTo, func(_, y float32) float32 { return 0.5 / y }}
	opSquare     = &unary{func(y, x []float32) { exact.Mul32(y, x, x) }, func(x, _ float32) float32 { return 2 * x }}
	opReciprocal = &unary{each(func(x float32) float32 { return 1 / x }), func(_, y float32) float32 { return -float32(y * y) }}
	opAbs        = &unary{each(func(x float32) float32 { return max(x, -x) }), func(x, _ float32) float32 { return sign(x) }}
	opSign       = &unary{each(sign), func(_, _ float32) float32 { return 0 }}
	opSin        = &unary{exact.SinTo, func(x, _ float32) float32 { return exact.Cos32(x) }}
	opCos        = &unary{exact.CosTo, func(x, _ float32) float32 { return -exact.Sin32(x) }}
	opTanh       = &unary{exact.TanhTo, func(_, y float32) float32 { return 1 - float32(y*y) }}
	opSigmoid    = &unary{exact.SigmoidTo, func(_, y float32) float32 { return y * (1 - y) }}
	opRelu       = &unary{exact.Relu32, func(x, _ float32) float32 { return max(0, sign(x)) }}
	opSoftplus   = &unary{exact.SoftplusTo, func(x, _ float32) float32 { return exact.Sigmoid32(x) }}
	opErf        = &unary{exact.ErfTo, func(x, _ float32) float32 {
		const twoBySqrtPi = 1.12837916709551257390
		return float32(twoBySqrtPi * exact.Exp(-float64(float64(x)*float64(x))))
	}}
	opGelu = &unary{exact.GeluTo, func(x, _ float32) float32 {
		const sqrtHalf, inverseSqrt2Pi = 0.70710678118654752440, 0.39894228040143267794
		f := float64(x)
		density := float64(f * inverseSqrt2Pi * exact.Exp(-0.5*f*f))
		return float32(float64(0.5*(1+exact.Erf(f*sqrtHalf))) + density)
	}}
)

func each(f func(float32) float32) func(y, x []float32) {
	return func(y, x []float32) {
		for i, v := range x {
			y[i] = f(v)
		}
	}
}

func sign(x float32) float32 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func (v *Var) unary(op *unary) *Var { return v.tape.next(op, v).shaped(v.Shape()...).run() }

func (u *unary) forward(v *Var) { u.apply(v.own.Data, v.in[0].Value.Data) }

func (u *unary) backward(v *Var) {
	x, d := v.in[0].Value.Data, v.scratch(0, len(v.own.Data))
	for i, g := range v.grad.Data {
		d[i] = g * u.slope(x[i], v.own.Data[i])
	}
	v.add(0, d)
}

// Neg returns -v.
func (v *Var) Neg() *Var { return v.unary(opNeg) }

// Exp returns e^v.
func (v *Var) Exp() *Var { return v.unary(opExp) }

// Expm1 returns e^v - 1, exact near 0.
func (v *Var) Expm1() *Var { return v.unary(opExpm1) }

// Log returns the natural logarithm.
func (v *Var) Log() *Var { return v.unary(opLog) }

// Log1p returns ln(1+v), exact near 0.
func (v *Var) Log1p() *Var { return v.unary(opLog1p) }

// Sqrt returns the square root; at 0 its gradient is infinite.
func (v *Var) Sqrt() *Var { return v.unary(opSqrt) }

// Square returns v².
func (v *Var) Square() *Var { return v.unary(opSquare) }

// Reciprocal returns 1/v.
func (v *Var) Reciprocal() *Var { return v.unary(opReciprocal) }

// Abs returns |v|; its gradient at 0 is 0.
func (v *Var) Abs() *Var { return v.unary(opAbs) }

// Sign returns -1, 0 or 1. Its gradient is 0.
func (v *Var) Sign() *Var { return v.unary(opSign) }

// Sin returns the sine.
func (v *Var) Sin() *Var { return v.unary(opSin) }

// Cos returns the cosine.
func (v *Var) Cos() *Var { return v.unary(opCos) }

// Tanh returns the hyperbolic tangent.
func (v *Var) Tanh() *Var { return v.unary(opTanh) }

// Sigmoid returns 1/(1+e^-v).
func (v *Var) Sigmoid() *Var { return v.unary(opSigmoid) }

// Relu returns max(0, v); its gradient at 0 is 0.
func (v *Var) Relu() *Var { return v.unary(opRelu) }

// Softplus returns ln(1+e^v).
func (v *Var) Softplus() *Var { return v.unary(opSoftplus) }

// Erf returns the error function.
func (v *Var) Erf() *Var { return v.unary(opErf) }

// Gelu returns v·Φ(v), with Φ the normal distribution.
func (v *Var) Gelu() *Var { return v.unary(opGelu) }

type power struct{}

// Pow returns v to a fixed power. Below 0 only whole powers have a value.
func (v *Var) Pow(exponent float64) *Var {
	out := v.tape.next(power{}, v).shaped(v.Shape()...)
	out.factor = exponent
	return out.run()
}

func (power) forward(v *Var) {
	for i, x := range v.in[0].Value.Data {
		v.own.Data[i] = float32(exact.Pow(float64(x), v.factor))
	}
}

func (power) backward(v *Var) {
	d := v.scratch(0, len(v.own.Data))
	for i, x := range v.in[0].Value.Data {
		d[i] = v.grad.Data[i] * float32(float64(v.factor*exact.Pow(float64(x), v.factor-1)))
	}
	v.add(0, d)
}

// Clip returns v held between low and high; beyond them the gradient is 0.
func (v *Var) Clip(low, high float64) *Var { return v.Maximum(low).Minimum(high) }

// Dropout sets a share of the elements to 0 and scales up the others while
// training; it does nothing otherwise.
func (v *Var) Dropout(rate float64) *Var {
	t := v.tape
	if !t.Training || rate == 0 || t.Rand == nil {
		return v
	}
	mask := t.next(nil).shaped(v.Shape()...)
	for i := range mask.own.Data {
		mask.own.Data[i] = 0
		if t.Rand.Float64() >= rate {
			mask.own.Data[i] = float32(1 / (1 - rate))
		}
	}
	return v.Mul(mask)
}
