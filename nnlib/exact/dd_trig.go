package exact

import (
	"math"
	"math/bits"
)

// ddSinCos returns sin x and cos x for any finite x.
func ddSinCos(x float64) (sin, cos dd) {
	r, q := reduceTrig(x)
	s, c := sinCosSmall(r)
	switch q & 3 {
	case 1:
		return c, s.neg()
	case 2:
		return s.neg(), c.neg()
	case 3:
		return c.neg(), s
	}
	return s, c
}

// sinCosSmall returns sin r and cos r by their Taylor series, |r| <= π/4.
func sinCosSmall(r dd) (sin, cos dd) {
	z := r.mul(r).neg()
	s, c := invFact[29], invFact[28]
	for i := 27; i >= 3; i -= 2 {
		s = s.mul(z).add(invFact[i])
		c = c.mul(z).add(invFact[i-1])
	}
	return s.mul(z).mul(r).add(r), c.mul(z).addF(1)
}

// reduceTrig returns r and q with x = q·π/2 + r (modulo 2π), |r| <= π/4, by the method of Payne and Hanek:
// the fraction of x·2/π in integers, with 200 bits behind the point.
func reduceTrig(x float64) (r dd, quadrant int) {
	if math.Abs(x) <= 0.78 {
		return ddOf(x), 0
	}
	u := math.Float64bits(x)
	mant, e := u&(1<<52-1)|1<<52, int(u>>52&0x7ff)-1075
	p, point := timesTwoOverPi(mant, e)
	q := int(p.at(point) & 3)
	frac, neg := p.fraction(point)
	if neg {
		q++
	}
	r = ddHalfPi.mul(frac)
	if x < 0 {
		return r.neg(), -q & 3
	}
	return r, q & 3
}

// A wide is an integer of 384 bits, low word first.
type wide [6]uint64

// timesTwoOverPi returns mant·2^e·2/π modulo 4 (and multiples of it) as p·2^-point.
func timesTwoOverPi(mant uint64, e int) (p wide, point int) {
	skip := max(0, (e-2)/64) // words of 2/π that only give multiples of 4
	var carry uint64
	for i := range 5 {
		hi, lo := bits.Mul64(mant, twoOverPiBits[skip+4-i])
		var c uint64
		p[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	p[5] = carry
	return p, 64*(skip+5) - e
}

// at returns the 64 bits that start at bit pos; bits outside are 0.
func (p *wide) at(pos int) uint64 {
	word := func(i int) uint64 {
		if i < 0 || i >= len(p) {
			return 0
		}
		return p[i]
	}
	i, s := pos>>6, uint(pos&63)
	if s == 0 {
		return word(i)
	}
	return word(i)>>s | word(i+1)<<(64-s)
}

// fraction returns the 256 bits below point as a number in [-1/2, 1/2); neg reports that 1 was subtracted.
func (p *wide) fraction(point int) (f dd, neg bool) {
	neg = p.at(point-64)>>63 == 1
	weight := 1.0
	for i := 1; i <= 4; i++ {
		w := p.at(point - 64*i)
		if neg {
			w = ^w
		}
		f = f.addF(float64(float64(w>>32) * float64(weight*0x1p-32)))
		f = f.addF(float64(float64(w&0xffffffff) * float64(weight*0x1p-64)))
		weight *= 0x1p-64
	}
	if neg {
		return f.neg(), true
	}
	return f, false
}
