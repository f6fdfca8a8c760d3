package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// A pairExponential holds what e^v needs: v = k/8·ln 2 + r + rest, k = 8n + j, e^v = 2^n·2^(j/8)·(1 + r + w)·(1 + rest), w = e^r - 1 - r.
//
// The first part of ln 2/8 is a float32, a multiple of 2^-27. So r = v - k·first, |v| <= 88, is a multiple of 2^-28 (or v itself, where k is 0)
// and less than 2^-4: a float32, and one fused multiply-add gives it exactly. The rest is k times the second part, 2^-32: less than 2^-21.
//
// The error: w = m·q(r) with m = r², |w| < 2^-10. The roundings of m, q and w are 2^-24 of w each, the error of the polynomial is less than 1/2 of that.
// r + w is exact as the sum of two float32, and so is its product with the table's high word, added to that. What is left are the roundings of
// the low word, a few numbers below 2^-21: 2^-43 together. So the slack is 4 units of 2^-24·w, and 2^-38, relative to e^v.
type pairExponential struct {
	p                         *pairs
	scale, magic, first, rest Op
	c                         []Op
	tableHi, tableLo          Op
	error, least              Op
}

func (p *pairs) exponential() *pairExponential {
	first := float32(math.Ln2 / 8)
	rest := float32(math.Ln2/8 - float64(first))
	return &pairExponential{
		p: p, scale: p.constant(8 * math.Log2E), magic: p.constant(0x1.8p23 + 8*127), first: p.constant(first), rest: p.constant(-rest),
		c: p.constants(pairExpPoly), tableHi: p.table("pairExpHi", eighths(0)), tableLo: p.table("pairExpLo", eighths(1)),
		error: p.constant(0x1p-22), least: p.constant(0x1p-38),
	}
}

// eighths returns the high or the low words of 2^(j/8).
func eighths(word int) []float32 {
	t := make([]float32, 8)
	for j := range t {
		t[j] = words(exp16[2*j])[word]
	}
	return t
}

// of returns the pair and the relative slack of e^v, with 2^n taken apart when split, else nil. It overwrites v.
func (e *pairExponential) of(v vecs, split bool) (hi, lo, slack, power vecs) {
	p := e.p
	at := p.copyOf(e.magic)
	p.do(VFMADD231PS, e.scale, v, at)
	k := p.minus(e.magic, at)
	r := v
	p.do(VFNMADD231PS, e.first, k, r)
	rest := k
	p.do(VMULPS, e.rest, k, rest)
	high, low := p.lookup(e.tableHi, at), p.lookup(e.tableLo, at)
	power = at
	p.do(VPSRLD, Imm(3), at, power)
	p.do(VPSLLD, Imm(23), power, power)
	if !split {
		p.do(VMULPS, power, high, high)
		p.do(VMULPS, power, low, low)
	}
	w := p.times(r, r)
	even, odd := p.polynomial(r, e.c[:2]), p.polynomial(r, e.c[2:])
	p.do(VFMADD231PS, odd, w, even)
	p.do(VMULPS, even, w, w)
	sum, small := p.sum(r, w)
	slack = w
	p.do(VFMADD132PS, e.error, p.load(e.least), slack)
	hi = p.copyOf(high)
	p.do(VFMADD231PS, sum, high, hi)
	p.do(VFMADD231PS, low, sum, low)
	p.do(VFMADD231PS, small, high, low)
	lo = p.minus(hi, high)
	p.do(VFMADD231PS, sum, high, lo) // exact: hi + lo = high + high·sum
	p.do(VFMADD231PS, rest, hi, low)
	p.do(VADDPS, low, lo, lo)
	return hi, lo, slack, power
}

// expPairs leaves |x| >= 87 in doubt.
func expPairs(p *pairs) func(x vecs) pair {
	e, abs, top := p.exponential(), p.bits(1<<31-1), p.constant(87)
	return func(x vecs) pair {
		hi, lo, slack, power := e.of(x, true)
		p.do(VADDPS, slack, slack, slack) // hi is less than 2
		outside := func() masks { return p.compare(notLess, top, p.and(abs, p.argument())) }
		return pair{hi: hi, lo: lo, slack: slack, outside: outside, finish: func(y vecs) { p.do(VMULPS, power, y, y) }}
	}
}

// sigmoidPairs: with e = e^-|x|, 1/(1+e) or e/(1+e). |x| >= 64 is in doubt. The error of e counts in full at most. The quotient's is below 2^-41, for
// which the slack's 2^-38 has room: q is good to 2^-21, what is left of the dividend is exact to 2^-45, and its quotient, the low word, to 2^-21 again.
func sigmoidPairs(p *pairs) func(x vecs) pair {
	e, sign, top, one := p.exponential(), p.bits(1<<31), p.constant(-64), p.constant(1)
	return func(x vecs) pair {
		hi, lo, slack, _ := e.of(p.union(sign, x), false)
		d := p.plus(one, hi)
		rest := p.minus(d, p.load(one))
		p.do(VADDPS, hi, rest, rest)
		p.do(VADDPS, lo, rest, rest)
		p.selectBySign(p.argument(), hi, lo, one)
		inverse := p.reciprocal(d, one)
		q := p.times(inverse, hi)
		p.do(VFNMADD231PS, d, q, hi)
		p.do(VFNMADD231PS, rest, q, lo)
		p.do(VADDPS, lo, hi, hi)
		p.do(VMULPS, inverse, hi, hi)
		p.do(VMULPS, q, slack, slack)
		outside := func() masks { return p.compare(notGreater, top, p.union(sign, p.argument())) }
		return pair{hi: q, lo: hi, slack: slack, outside: outside}
	}
}

// selectBySign makes hi + lo 1 where x has no sign.
func (p *pairs) selectBySign(x, hi, lo vecs, one Op) {
	if p.wide() {
		p.do(func(o ...Op) {
			k := K()
			VPMOVD2M(o[0], k)
			VMOVAPS_Z(o[2], k, o[2])
			VBLENDMPS(o[1], one, k, o[1])
		}, x, hi, lo)
		return
	}
	p.do(func(o ...Op) { VBLENDVPS(o[0], o[1], o[2], o[1]) }, x, hi, p.load(one))
	p.do(VPSRAD, Imm(31), x, x)
	p.do(func(o ...Op) { VPAND(o[0], o[1], o[1]) }, x, lo)
}

// reciprocal returns 1/d to 2^-21: an approximation, of 1.5·2^-12 (VRCPPS) and 2^-14 (VRCP14PS) by their specification, and Newton's step. Its bits may
// differ between makers of CPUs; what is made of it does not, since the slack counts that error.
func (p *pairs) reciprocal(d vecs, one Op) vecs {
	v := p.of(func(o ...Op) {
		if p.wide() {
			VRCP14PS(o...)
		} else {
			VRCPPS(o[0], o[1])
		}
	}, d)
	e := p.copyOf(one)
	p.do(VFNMADD231PS, v, d, e)
	p.do(VFMADD231PS, v, e, v)
	return v
}
