package exact

// The vector forms: dst[i] = f(x[i]), bit for bit the scalar function. dst may be x.

// ExpTo does dst = e^x.
func ExpTo(dst, x []float32) { mapTo("ExpTo", dst, x, Exp32) }

// Expm1To does dst = e^x - 1.
func Expm1To(dst, x []float32) { mapTo("Expm1To", dst, x, Expm132) }

// LogTo does dst = ln x.
func LogTo(dst, x []float32) { mapTo("LogTo", dst, x, Log32) }

// Log1pTo does dst = ln(1+x).
func Log1pTo(dst, x []float32) { mapTo("Log1pTo", dst, x, Log1p32) }

// TanhTo does dst = tanh x.
func TanhTo(dst, x []float32) { mapTo("TanhTo", dst, x, Tanh32) }

// SigmoidTo does dst = 1/(1+e^-x).
func SigmoidTo(dst, x []float32) { mapTo("SigmoidTo", dst, x, Sigmoid32) }

// SoftplusTo does dst = ln(1+e^x).
func SoftplusTo(dst, x []float32) { mapTo("SoftplusTo", dst, x, Softplus32) }

// ErfTo does dst = erf x.
func ErfTo(dst, x []float32) { mapTo("ErfTo", dst, x, Erf32) }

// GeluTo does dst = x·Φ(x).
func GeluTo(dst, x []float32) { mapTo("GeluTo", dst, x, Gelu32) }

// SinTo does dst = sin x.
func SinTo(dst, x []float32) { mapTo("SinTo", dst, x, Sin32) }

// CosTo does dst = cos x.
func CosTo(dst, x []float32) { mapTo("CosTo", dst, x, Cos32) }

// SqrtTo does dst = sqrt x.
func SqrtTo(dst, x []float32) { mapTo("SqrtTo", dst, x, Sqrt32) }

func mapTo(name string, dst, x []float32, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	for i, v := range x {
		dst[i] = f(v)
	}
}
