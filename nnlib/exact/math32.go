package exact

import "math"

// The float32 functions are correctly rounded: the value is the float32 nearest to the true one.

// Exp32 returns e^x.
func Exp32(x float32) float32 {
	switch {
	case x != x || x > 89:
		return x * float32(math.Inf(1))
	case x < -104:
		return 0
	}
	if y := fastExp(float64(x)); certain32(y) {
		return float32(y)
	}
	m, k := ddExp(ddOf(float64(x)))
	return m.scale(scalb(1, k)).single()
}

// Expm132 returns e^x - 1.
func Expm132(x float32) float32 {
	switch {
	case x != x || x > 89:
		return x * float32(math.Inf(1))
	case x < -20:
		return -1
	case x == 0:
		return x
	}
	if y := fastExpm1(float64(x)); certain32(y) {
		return float32(y)
	}
	return ddExpm1(ddOf(float64(x))).single()
}

// Log32 returns the natural logarithm of x.
func Log32(x float32) float32 {
	if v, special := logSpecial(float64(x)); special {
		return float32(v)
	}
	if y := fastLog(float64(x)); certain32(y) {
		return float32(y)
	}
	return ddLog(ddOf(float64(x))).single()
}

// Log1p32 returns ln(1+x).
func Log1p32(x float32) float32 {
	switch {
	case x < -1:
		return float32(math.NaN())
	case x == -1:
		return float32(math.Inf(-1))
	case x != x || math.IsInf(float64(x), 1) || x == 0:
		return x
	}
	if y := fastLog1p(float64(x)); certain32(y) {
		return float32(y)
	}
	return ddLog1p(ddOf(float64(x))).single()
}

// Tanh32 returns the hyperbolic tangent of x.
func Tanh32(x float32) float32 {
	a := math.Abs(float64(x))
	switch {
	case x != x || x == 0:
		return x
	case a > 10:
		return float32(math.Copysign(1, float64(x)))
	}
	y := fastTanh(a)
	if !certain32(y) {
		y = float64(ddTanh(ddOf(a)).single())
	}
	return float32(math.Copysign(y, float64(x)))
}

// Sigmoid32 returns 1/(1+e^-x).
func Sigmoid32(x float32) float32 {
	switch {
	case x != x:
		return x
	case x > 20:
		return 1
	case x < -104:
		return 0
	}
	if y := 1 / (1 + fastExp(-float64(x))); certain32(y) {
		return float32(y)
	}
	m, k := ddExp(ddOf(-float64(x)))
	return ddOf(1).div(m.scale(scalb(1, k)).addF(1)).single()
}

// Softplus32 returns ln(1+e^x).
func Softplus32(x float32) float32 {
	switch {
	case x != x || x > 90:
		return x
	case x < -104:
		return 0
	}
	if y := fastLog1p(fastExp(-math.Abs(float64(x)))) + math.Max(float64(x), 0); certain32(y) {
		return float32(y)
	}
	m, k := ddExp(ddOf(-math.Abs(float64(x))))
	return ddLog1p(m.scale(scalb(1, k))).addF(math.Max(float64(x), 0)).single()
}

// Sin32 returns the sine of x radians.
func Sin32(x float32) float32 {
	switch {
	case x != x || math.IsInf(float64(x), 0):
		return float32(math.NaN())
	case x == 0:
		return x
	}
	if y, _ := fastSinCos(float64(x)); certain32(y) {
		return float32(y)
	}
	s, _ := ddSinCos(float64(x))
	return s.single()
}

// Cos32 returns the cosine of x radians.
func Cos32(x float32) float32 {
	if x != x || math.IsInf(float64(x), 0) {
		return float32(math.NaN())
	}
	if _, y := fastSinCos(float64(x)); certain32(y) {
		return float32(y)
	}
	_, c := ddSinCos(float64(x))
	return c.single()
}

// Sincos32 returns Sin32(x), Cos32(x).
func Sincos32(x float32) (sin, cos float32) { return Sin32(x), Cos32(x) }

// Pow32 returns x^y, with math.Pow's special cases.
func Pow32(x, y float32) float32 {
	if v, special := powSpecial(float64(x), float64(y)); special {
		return float32(v)
	}
	m, k := powParts(math.Abs(float64(x)), float64(y))
	v := float32(math.Inf(1))
	if k < 200 && !math.IsInf(m.hi, 0) {
		v = m.scale(scalb(1, max(k, -300))).single()
	}
	if x < 0 && isOdd(float64(y)) {
		return -v
	}
	return v
}

// Sqrt32 returns the square root of x.
func Sqrt32(x float32) float32 { return sqrt32(x) }

// Erf32 returns the error function of x.
func Erf32(x float32) float32 {
	a := math.Abs(float64(x))
	switch {
	case x != x || x == 0:
		return x
	case a > 4:
		return float32(math.Copysign(1, float64(x)))
	}
	y := fastErf(a)
	if !certain32(y) {
		y = float64(ddErf(a).single())
	}
	return float32(math.Copysign(y, float64(x)))
}

// Gelu32 returns x·Φ(x) = x/2·(1+erf(x/sqrt(2))), the Gaussian error linear unit in its exact form.
func Gelu32(x float32) float32 {
	switch {
	case x != x || x == 0 || math.IsInf(float64(x), 1):
		return x
	case x < -15:
		return float32(math.Copysign(0, -1))
	}
	if x > 15 {
		return x
	}
	if y := fastGelu(float64(x)); certain32(y) {
		return float32(y)
	}
	return ddGelu(float64(x)).single()
}
