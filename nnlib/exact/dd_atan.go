package exact

import "math"

// ddAtan2 returns the angle of (x, y), x >= 0, y >= 0, not both 0, finite and scaled so that nothing overflows.
func ddAtan2(y, x dd) dd {
	if y.hi > x.hi {
		return ddHalfPi.sub(atanRatio(x, y))
	}
	return atanRatio(y, x)
}

// atanRatio returns atan(y/x), 0 <= y <= x. From an approximation a, the angle left is atan of
// (y·cos a - x·sin a)/(x·cos a + y·sin a).
func atanRatio(y, x dd) dd {
	t := y.hi / x.hi
	if t < 0x1p-7 {
		return atanSmall(y.div(x))
	}
	a := atanApprox(t)
	s, c := sinCosSmall(ddOf(a))
	z := y.mul(c).sub(x.mul(s)).div(x.mul(c).add(y.mul(s)))
	return z.addF(a) // z³/3 is below 2^-130
}

// atanSmall returns atan t, |t| < 2^-7: t - t³/3 + t⁵/5 - ...
func atanSmall(t dd) dd {
	z := t.mul(t).neg()
	q := dd{}
	for i := 19; i >= 3; i -= 2 {
		q = q.mul(z).add(ddOf(1).div(ddOf(float64(i))))
	}
	return t.add(t.mul(z).mul(q))
}

// atanApprox returns atan t to about 2^-45, 0 <= t <= 1: three times atan t = 2·atan(t/(1+sqrt(1+t²))), then the series.
func atanApprox(t float64) float64 {
	for range 3 {
		t /= 1 + math.Sqrt(1+float64(t*t))
	}
	z := float64(t * t)
	q := 1.0 / 15
	for i := 13.0; i >= 1; i -= 2 {
		q = 1/i - float64(q*z)
	}
	return float64(8 * float64(t*q))
}
