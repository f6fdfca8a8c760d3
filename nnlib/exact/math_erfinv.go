package exact

import "math"

// Erfinv returns the inverse error function of x.
func Erfinv(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a > 1:
		return math.NaN()
	case x == 0:
		return x
	case a == 1:
		return math.Copysign(math.Inf(1), x)
	case a < 0x1p-200:
		f, e := math.Frexp(x)
		return ddOf(f).div(ddTwoOverRtPi).ldexp(e)
	case a < 0.5:
		return math.Copysign(inverseErf(a), x)
	}
	return math.Copysign(inverseErfc(1-a), x)
}

// Erfcinv returns the inverse of Erfc at x.
func Erfcinv(x float64) float64 {
	switch {
	case x != x || x < 0 || x > 2:
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	case x == 2:
		return math.Inf(-1)
	case x > 0.5:
		return Erfinv(1 - x) // exact: x is in [1/2, 2]
	}
	return inverseErfc(x)
}

// inverseErf solves erf y = x, 0 < x < 1/2, by Newton's method; the last step is kept in dd.
func inverseErf(x float64) float64 {
	y := x * 0.886226925452758
	for range 20 {
		u := ddErf(y).addF(-x).div(erfSlope(y))
		next := u.neg().add(u.mul(u).mulF(y)).addF(y)
		if math.Abs(u.hi) < y*0x1p-36 {
			return next.float()
		}
		y = next.float()
	}
	return y
}

// inverseErfc solves erfc y = q, 0 < q <= 1/2, by Newton's method on ln erfc.
func inverseErfc(q float64) float64 {
	n, e := normal(q)
	lq := ddLog(ddOf(n)).add(ddLn2.mulF(float64(e)))
	y := math.Sqrt(max(-lq.hi-0.5, 0.2))
	for range 20 {
		m, k := ddErfc(y)
		f := ddLog(m).add(ddLn2.mulF(float64(k))).sub(lq)
		s, j := ddExp(twoProd(y, y).neg())
		slope := ddTwoOverRtPi.mul(s).div(m).scale(scalb(1, j-k)) // -(ln erfc)'
		u := f.div(slope)
		// second order: (ln erfc)'' = slope·(2y - slope)
		u2 := u.mul(u).mul(slope.neg().addF(2 * y)).scale(0.5)
		next := u.addF(y).add(u2)
		if math.Abs(u.hi) < y*0x1p-36 {
			return next.float()
		}
		y = max(next.float(), y/2)
	}
	return y
}

// erfSlope returns erf'(y) = 2/sqrt(π)·e^(-y²).
func erfSlope(y float64) dd {
	m, k := ddExp(twoProd(y, y).neg())
	return ddTwoOverRtPi.mul(m).scale(scalb(1, k))
}
