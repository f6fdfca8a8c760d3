package rng

import "math"

// Logarithm, sine and cosine for the samplers, in double-double arithmetic: a
// number is the unevaluated sum hi + lo. The results are within 0.5001 units in
// the last place, so they agree with any good library in all but a few of a
// thousand cases, and with themselves on every machine.

type double struct{ hi, lo float64 }

// sum is exact: Knuth's TwoSum.
func sum(a, b float64) double {
	s := a + b
	t := s - a
	return double{s, (a - (s - t)) + (b - t)}
}

// product is exact: math.FMA is an IEEE operation, emulated where the machine lacks
// it. The conversion keeps the compiler from fusing p, once this is inlined, with a
// sum of the caller's.
func product(a, b float64) double {
	p := float64(a * b)
	return double{p, math.FMA(a, b, -p)}
}

func (x double) add(y double) double {
	s := sum(x.hi, y.hi)
	return sum(s.hi, s.lo+(x.lo+y.lo))
}

func (x double) mul(y double) double {
	p := product(x.hi, y.hi)
	return sum(p.hi, p.lo+(float64(x.hi*y.lo)+float64(x.lo*y.hi)))
}

func (x double) div(y double) double {
	q := x.hi / y.hi
	p := y.mul(double{q, 0})
	r := (x.hi - p.hi) + (x.lo - p.lo)
	return sum(q, r/y.hi)
}

var ln2 = double{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}

// log returns the natural logarithm of a positive, finite, normal x:
// x = m·2^e with m in [√½, √2], log m = 2 atanh(s), s = (m-1)/(m+1), by its Taylor series.
func log(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = float64(2*m), e-1
	}
	s := double{m - 1, 0}.div(sum(m, 1))
	s2 := s.mul(s)
	var series double // 1 + s²/3 + s⁴/5 + ...; |s| <= 0.172, so 24 terms reach 2^-120
	for k := 47; k >= 1; k -= 2 {
		series = series.mul(s2).add(double{1, 0}.div(double{float64(k), 0}))
	}
	r := series.mul(s)
	r = double{float64(2 * r.hi), float64(2 * r.lo)}
	r = r.add(ln2.mul(double{float64(e), 0}))
	return r.hi + r.lo
}

var halfPi = double{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54}

// sincos returns the sine and cosine of an x in [0, 7], by Taylor series after
// taking off a multiple of π/2.
func sincos(x float64) (sin, cos float64) {
	quarter := math.Floor(x/halfPi.hi + 0.5)
	r := double{x, 0}.add(halfPi.mul(double{-quarter, 0}))
	r2 := r.mul(r)
	r2 = double{-r2.hi, -r2.lo}
	s, c := double{1, 0}, double{1, 0} // |r| <= 0.79: 14 terms reach 2^-100
	for k := 14.0; k >= 1; k-- {
		s = s.mul(r2).div(double{2 * k * (float64(2*k) + 1), 0}).add(double{1, 0})
		c = c.mul(r2).div(double{2 * k * (float64(2*k) - 1), 0}).add(double{1, 0})
	}
	s = s.mul(r)
	switch int(quarter) & 3 {
	case 0:
		return s.hi + s.lo, c.hi + c.lo
	case 1:
		return c.hi + c.lo, -(s.hi + s.lo)
	case 2:
		return -(s.hi + s.lo), -(c.hi + c.lo)
	default:
		return -(c.hi + c.lo), s.hi + s.lo
	}
}
