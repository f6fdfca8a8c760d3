package exact

import "math"

// Sqrt returns the square root of x, correctly rounded: IEEE 754 asks for that of every machine.
func Sqrt(x float64) float64 { return math.Sqrt(x) }

// Sigmoid returns 1/(1+e^-x).
func Sigmoid(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 40:
		return 1
	case x < -746:
		return 0
	}
	m, k := ddExp(ddOf(-math.Abs(x)))
	below := m.scale(scalb(1, max(k, -200))).addF(1) // what is lost below is lost in the sum
	if x >= 0 {
		return ddOf(1).div(below).float()
	}
	return m.div(below).ldexp(k)
}

// Softplus returns ln(1+e^x).
func Softplus(x float64) float64 {
	switch {
	case x != x || x > 40: // e^-40 is far below the last bit, and x is not near the middle between two numbers
		return x
	case x < -746:
		return 0
	}
	m, k := ddExp(ddOf(-math.Abs(x)))
	if k < -110 { // ln(1+e) is e
		return m.ldexp(k)
	}
	return ddLog1p(m.scale(scalb(1, k))).addF(math.Max(x, 0)).float()
}

// Gelu returns x·Φ(x) = x/2·(1+erf(x/sqrt(2))), the Gaussian error linear unit in its exact form.
func Gelu(x float64) float64 {
	switch {
	case x != x || x == 0 || x > 10:
		return x
	case x < -40:
		return math.Copysign(0, -1)
	case math.Abs(x) < 0x1p-60: // x/2, and x²/sqrt(2π) is nothing beside it
		return x / 2
	}
	m, k := ddGeluParts(x)
	return m.ldexp(k)
}
