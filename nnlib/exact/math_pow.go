package exact

import "math"

// Pow returns x^y, with math.Pow's special cases.
func Pow(x, y float64) float64 {
	if v, special := powSpecial(x, y); special {
		return v
	}
	m, k := powParts(math.Abs(x), y)
	v := m.ldexp(k)
	if x < 0 && isOdd(y) {
		return -v
	}
	return v
}

// Cbrt returns the cube root of x.
func Cbrt(x float64) float64 {
	if x == 0 || x != x || math.IsInf(x, 0) {
		return x
	}
	f, e := math.Frexp(math.Abs(x))
	for e%3 != 0 {
		f, e = f/2, e+1
	}
	r := ddExpFloat(ddLog(ddOf(f)).div(ddOf(3)))
	// one Newton step in dd from the nearest float64
	y := r
	err := ddOf(f).sub(twoProd(y, y).mulF(y))
	return math.Copysign(scalb(twoSumDD(y, err.div(twoProd(y, y).mulF(3))).float(), e/3), x)
}

func ddExpFloat(x dd) float64 {
	m, k := ddExp(x)
	return m.ldexp(k)
}

func twoSumDD(a float64, b dd) dd { return b.addF(a) }

// Hypot returns sqrt(p² + q²) without overflow on the way.
func Hypot(p, q float64) float64 {
	p, q = math.Abs(p), math.Abs(q)
	switch {
	case math.IsInf(p, 1) || math.IsInf(q, 1):
		return math.Inf(1)
	case p != p || q != q:
		return math.NaN()
	}
	p, q = max(p, q), min(p, q)
	if p == 0 {
		return 0
	}
	_, e := math.Frexp(p)
	ps, qs := scalb(p, -e), scalb(q, -e)
	return twoProd(ps, ps).add(twoProd(qs, qs)).sqrt().ldexp(e)
}

// powParts returns x^y as m·2^k, x > 0 and finite, y finite.
func powParts(x, y float64) (m dd, k int) {
	if m, exact := powExact(x, y); exact {
		return m, 0
	}
	n, e := normal(x)
	l := ddLog(ddOf(n)).add(ddLn2.mulF(float64(e)))
	z := l.mulF(y)
	switch {
	case z.hi > 800 || math.IsInf(z.hi, 1) || math.IsInf(l.hi*y, 1):
		return dd{hi: math.Inf(1)}, 0
	case z.hi < -800 || math.IsInf(l.hi*y, -1):
		return dd{}, 0
	}
	return ddExp(z)
}

// powExact returns x^y when it has at most 54 bits: only then can it be a float64 or sit between two, where a rounding of 100 bits
// could go either way. Square roots are drawn while they are exact, then an integer power is multiplied out.
func powExact(x, y float64) (v dd, exact bool) {
	for y != math.Trunc(y) {
		s := math.Sqrt(x)
		if float64(s*s) != x || math.FMA(s, s, -x) != 0 || math.Abs(y) < 0x1p-6 {
			return dd{}, false
		}
		x, y = s, y*2
	}
	if y < 0 || y > 64 {
		return dd{}, false
	}
	v = ddOf(1)
	for range int(y) {
		if v.lo != 0 || v.hi > 0x1p900 || v.hi < 0x1p-900 {
			return dd{}, false
		}
		v = v.mulF(x)
	}
	return v, !math.IsInf(v.hi, 0) && v.hi > 0x1p-900
}

func powSpecial(x, y float64) (v float64, special bool) {
	switch {
	case y == 0 || x == 1:
		return 1, true
	case y == 1:
		return x, true
	case x != x || y != y:
		return math.NaN(), true
	case x == 0:
		return powOfZero(x, y), true
	case math.IsInf(y, 0):
		return powToInf(math.Abs(x), y > 0), true
	case math.IsInf(x, 0):
		if math.IsInf(x, -1) {
			return powOfZero(math.Copysign(0, -1), -y), true
		}
		return powOfZero(0, -y), true
	case x < 0 && y != math.Trunc(y):
		return math.NaN(), true
	}
	return 0, false
}

func powOfZero(x, y float64) float64 {
	v := 0.0
	if y < 0 {
		v = math.Inf(1)
	}
	if isOdd(y) {
		return math.Copysign(v, x)
	}
	return v
}

func powToInf(x float64, up bool) float64 {
	switch {
	case x == 1:
		return 1
	case x > 1 == up:
		return math.Inf(1)
	}
	return 0
}

func isOdd(y float64) bool {
	return math.Abs(y) < 0x1p53 && y == math.Trunc(y) && math.Mod(y, 2) != 0
}
