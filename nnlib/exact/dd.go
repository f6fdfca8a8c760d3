package exact

import "math"

// A dd is the unevaluated sum hi + lo of two float64 with |lo| <= ulp(hi)/2: about 106 bits. The elementary functions are evaluated
// in dd to some 100 bits and rounded once, so their values are those of mathematics and no machine can disagree.
// Sources of the algorithms: Dekker 1971; Hida, Li, Bailey, "Library for double-double and quad-double arithmetic", 2001.
type dd struct{ hi, lo float64 }

func ddOf(x float64) dd { return dd{hi: x} }

// fastSum returns a + b exactly, |a| >= |b| or a == 0.
func fastSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

func twoSum(a, b float64) dd {
	s := a + b
	return dd{s, sumError(a, b, s)}
}

func twoProd(a, b float64) dd {
	p := float64(a * b)
	return dd{p, math.FMA(a, b, -p)}
}

func (a dd) add(b dd) dd {
	s, t := twoSum(a.hi, b.hi), twoSum(a.lo, b.lo)
	v := fastSum(s.hi, s.lo+t.hi)
	return fastSum(v.hi, t.lo+v.lo)
}

func (a dd) addF(b float64) dd {
	s := twoSum(a.hi, b)
	return fastSum(s.hi, s.lo+a.lo)
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) sub(b dd) dd { return a.add(b.neg()) }

func (a dd) mul(b dd) dd {
	p := twoProd(a.hi, b.hi)
	return fastSum(p.hi, p.lo+(float64(a.hi*b.lo)+float64(a.lo*b.hi)))
}

func (a dd) mulF(b float64) dd {
	p := twoProd(a.hi, b)
	return fastSum(p.hi, p.lo+float64(a.lo*b))
}

// scale multiplies by a power of two (or anything for which both products are exact).
func (a dd) scale(b float64) dd { return dd{float64(a.hi * b), float64(a.lo * b)} }

func (a dd) div(b dd) dd {
	q1 := a.hi / b.hi
	r := a.sub(b.mulF(q1))
	q2 := r.hi / b.hi
	r = r.sub(b.mulF(q2))
	q3 := r.hi / b.hi
	return fastSum(q1, q2).addF(q3)
}

func (a dd) sqrt() dd {
	if a.hi <= 0 {
		return dd{hi: math.Sqrt(a.hi)}
	}
	s := math.Sqrt(a.hi)
	r := a.sub(twoProd(s, s))
	return fastSum(s, r.hi/(2*s))
}

func (a dd) abs() dd {
	if a.hi < 0 {
		return a.neg()
	}
	return a
}

func (a dd) float() float64 { return a.hi + a.lo }

// ldexp returns a * 2^k rounded once where the result is normal; in the subnormal range the sum is first rounded to odd.
func (a dd) ldexp(k int) float64 {
	s := a.hi + a.lo
	if s == 0 || math.IsInf(s, 0) || s != s {
		return s
	}
	_, e := math.Frexp(s)
	if e+k < -1021 {
		s = toOdd(s, (a.hi-s)+a.lo)
	}
	return scalb(s, k)
}

// scalb multiplies by 2^k with one rounding.
func scalb(x float64, k int) float64 {
	for k > 1000 {
		x *= 0x1p1000
		k -= 1000
	}
	if k < -960 { // first to just above the subnormal range, exactly, then the step that rounds
		_, e := math.Frexp(x)
		down := max(k, -1020-e)
		if down < 0 {
			x = scalbNormal(x, down)
			k -= down
		}
	}
	return scalbNormal(x, k)
}

func scalbNormal(x float64, k int) float64 {
	for ; k < -1000; k += 1000 {
		x *= 0x1p-1000
	}
	return x * math.Float64frombits(uint64(1023+k)<<52)
}

// single returns a rounded once to float32.
func (a dd) single() float32 {
	s := a.hi + a.lo
	if s == 0 || math.IsInf(s, 0) || s != s {
		return float32(s)
	}
	return float32(toOdd(s, (a.hi-s)+a.lo))
}

// poly returns c[0] + c[1]·x + c[2]·x² + ...
func poly(x dd, c []dd) dd {
	s := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		s = s.mul(x).add(c[i])
	}
	return s
}
