package exact

import "math"

// ddLog returns ln x for a normal positive x.
func ddLog(x dd) dd {
	m, e := halfRoot(x.hi)
	return ddLn2.mulF(float64(e)).add(logNearOne(dd{m, scalb(x.lo, -e)}))
}

// logNearOne returns ln m with a small relative error, sqrt(1/2) <= m <= sqrt(2).
func logNearOne(m dd) dd {
	d := m.addF(-1)
	if math.Abs(d.hi) < 1.0/16 {
		return ddLog1pSmall(d)
	}
	y := logApprox(m.hi)
	p, k := expParts(ddOf(-y)) // m·e^-y = 1 + z
	s := math.Float64frombits(uint64(1023+k) << 52)
	z := m.scale(s).mul(p).add(m.scale(s)).addF(-1)
	return z.sub(z.mul(z).scale(0.5)).addF(y)
}

// ddLog1pSmall returns ln(1+d), |d| < 1/8, by 2·atanh(d/(2+d)).
func ddLog1pSmall(d dd) dd {
	s := d.div(d.addF(2))
	return ddAtanhSmall(s).scale(2)
}

// ddAtanhSmall returns atanh s, |s| < 1/8: s + s³/3 + s⁵/5 + ...
func ddAtanhSmall(s dd) dd {
	z := s.mul(s)
	q := dd{}
	for i := 37; i >= 3; i -= 2 {
		q = q.mul(z).add(ddOf(1).div(ddOf(float64(i))))
	}
	return s.add(s.mul(z).mul(q))
}

// logApprox returns ln m to about 2^-45, sqrt(1/2) <= m <= sqrt(2).
func logApprox(m float64) float64 {
	s := (m - 1) / (m + 1)
	z := float64(s * s)
	q := 1.0 / 19
	for i := 17.0; i >= 1; i -= 2 {
		q = float64(q*z) + 1/i
	}
	return float64(2 * float64(s*q))
}
