package exact

import "math"

// Exp returns e^x.
func Exp(x float64) float64 {
	switch {
	case x != x || x > 709.8:
		return x * math.Inf(1)
	case x < -745.2:
		return 0
	}
	m, k := ddExp(ddOf(x))
	return m.ldexp(k)
}

// Exp2 returns 2^x.
func Exp2(x float64) float64 {
	switch {
	case x != x || x >= 1024:
		return x * math.Inf(1)
	case x < -1075:
		return 0
	}
	k := math.RoundToEven(x)
	p := expm1Small(ddLn2.mulF(x - k))
	return p.addF(1).ldexp(int(k))
}

// Expm1 returns e^x - 1, accurate near 0.
func Expm1(x float64) float64 {
	switch {
	case x != x || x > 709.8:
		return x * math.Inf(1)
	case x < -40:
		return -1
	case math.Abs(x) < 0x1p-54:
		return x
	case x > 40:
		return Exp(x) // the 1 is below the last bit but for a share no rounding can see
	}
	return ddExpm1(ddOf(x)).float()
}

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-28 && a < 0x1p-1000 || math.IsInf(x, 0):
		return x
	case a > 710.5:
		return math.Copysign(math.Inf(1), x)
	case a > 40:
		m, k := ddExp(ddOf(a))
		return math.Copysign(m.ldexp(k-1), x)
	}
	e := ddExpm1(ddOf(a)) // (e + e/(e+1))/2
	return math.Copysign(e.add(e.div(e.addF(1))).scale(0.5).float(), x)
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a > 710.5:
		return math.Inf(1)
	case a > 40:
		m, k := ddExp(ddOf(a))
		return m.ldexp(k - 1)
	}
	e := ddExpm1(ddOf(a)).addF(1)
	return e.add(ddOf(1).div(e)).scale(0.5).float()
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-1000:
		return x
	case a > 20:
		return math.Copysign(1, x)
	}
	return math.Copysign(ddTanh(ddOf(a)).float(), x)
}

func ddTanh(a dd) dd {
	e := ddExpm1(a.scale(2))
	return e.div(e.addF(2))
}
