package exact

import "math"

// Log returns the natural logarithm of x.
func Log(x float64) float64 {
	if v, special := logSpecial(x); special {
		return v
	}
	m, e := normal(x)
	return ddLog(ddOf(m)).add(ddLn2.mulF(float64(e))).float()
}

// Log2 returns the binary logarithm of x; exact for powers of two.
func Log2(x float64) float64 {
	if v, special := logSpecial(x); special {
		return v
	}
	m, e := halfRoot(x)
	return logNearOne(ddOf(m)).mul(ddInvLn2).addF(float64(e)).float()
}

// Log10 returns the decimal logarithm of x.
func Log10(x float64) float64 {
	if v, special := logSpecial(x); special {
		return v
	}
	m, e := halfRoot(x)
	return logNearOne(ddOf(m)).add(ddLn2.mulF(float64(e))).mul(ddInvLn10).float()
}

// Log1p returns ln(1+x), accurate near 0.
func Log1p(x float64) float64 {
	switch {
	case x < -1:
		return math.NaN()
	case x == -1:
		return math.Inf(-1)
	case x != x || math.IsInf(x, 1) || math.Abs(x) < 0x1p-54:
		return x
	}
	return ddLog1p(ddOf(x)).float()
}

// ddLog1p returns ln(1+x), x > -1.
func ddLog1p(x dd) dd {
	if math.Abs(x.hi) < 1.0/16 {
		return ddLog1pSmall(x)
	}
	return ddLog(x.addF(1))
}

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 {
	a := math.Abs(x)
	if x != x || math.IsInf(x, 0) || a < 0x1p-28 && a < 0x1p-500 {
		return x
	}
	if a > 0x1p60 {
		return math.Copysign(ddLog(ddOf(a)).add(ddLn2).float(), x)
	}
	s := twoProd(a, a)
	r := s.addF(1).sqrt() // ln(1 + a + a²/(1+sqrt(1+a²)))
	return math.Copysign(ddLog1p(s.div(r.addF(1)).addF(a)).float(), x)
}

// Acosh returns the inverse hyperbolic cosine of x.
func Acosh(x float64) float64 {
	switch {
	case x < 1 || x != x:
		return math.NaN()
	case math.IsInf(x, 1):
		return x
	case x > 0x1p60:
		return ddLog(ddOf(x)).add(ddLn2).float()
	}
	t := twoSum(x, -1) // ln(1 + t + sqrt(t(t+2)))
	return ddLog1p(t.add(t.mul(t.addF(2)).sqrt())).float()
}

// Atanh returns the inverse hyperbolic tangent of x.
func Atanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a > 1 || x != x:
		return math.NaN()
	case a == 1:
		return math.Copysign(math.Inf(1), x)
	case a < 0x1p-500:
		return x
	case a < 0.1:
		return math.Copysign(ddAtanhSmall(ddOf(a)).float(), x)
	}
	return math.Copysign(ddLog(twoSum(1, a).div(twoSum(1, -a))).scale(0.5).float(), x)
}

func logSpecial(x float64) (v float64, special bool) {
	switch {
	case x != x || math.IsInf(x, 1):
		return x, true
	case x < 0:
		return math.NaN(), true
	case x == 0:
		return math.Inf(-1), true
	}
	return 0, false
}

// normal returns m and e with x = m·2^e and m normal.
func normal(x float64) (m float64, e int) {
	if x < 0x1p-1000 {
		return x * 0x1p200, -200
	}
	return x, 0
}

// halfRoot returns m in [sqrt(1/2), sqrt(2)) and e with x = m·2^e.
func halfRoot(x float64) (m float64, e int) {
	m, e = math.Frexp(x)
	if m < 0x1.6a09e667f3bcdp-1 {
		return m * 2, e - 1
	}
	return m, e
}
