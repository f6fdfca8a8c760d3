package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// A pairLogarithm, of AVX2, holds what ln u needs: u = m·2^e, m in [45/64, 45/32), ln m from the table around multiples of 1/8.
//
// e·(16 bits of ln 2) is exact, and 0 or greater than ln m; so its sum with that is exact as a pair. The rest of e·ln 2 is below 2^-16 of it, and its
// rounding below 2^-40. To the units of eightsOf comes least, relative to the logarithm, for that and the polynomial, whose error is below 2^-35.9 of
// ln m: around 1 it has a factor t².
type pairLogarithm struct {
	p                                  *pairs
	ln                                 *eightsOf
	bottom, exponent, ln2, rest, least Op
}

const logBottom = 0x3f340000 // 45/64

func (p *pairs) logarithm(least float64) *pairLogarithm {
	ln2 := math.Float32frombits(math.Float32bits(math.Ln2) &^ 0xff)
	return &pairLogarithm{
		p: p, ln: p.eightsOf("log8", log8, 1.0/8, 0), bottom: p.bits(-logBottom & math.MaxUint32), exponent: p.bits(0xff800000),
		ln2: p.constant(ln2), rest: p.constant(float32(math.Ln2 - float64(ln2))), least: p.constant(float32(least)),
	}
}

// parts returns m and the bits of e, shifted to their place.
func (l *pairLogarithm) parts(u vecs) (m, e vecs) {
	p := l.p
	e = p.of(VPADDD, l.bottom, u)
	e = p.and(l.exponent, e)
	return p.of(VPSUBD, e, u), e
}

// of returns ln(m·2^e) for t = m - the middle of the interval that at names. It overwrites e.
func (l *pairLogarithm) of(t, at, e vecs) (hi, lo, slack vecs) {
	p := l.p
	ln, lo, slack := l.ln.of(t, at)
	p.do(VPSRAD, Imm(23), e, e)
	p.do(VCVTDQ2PS, e, e)
	p.do(VFMADD231PS, l.rest, e, lo)
	p.do(VMULPS, l.ln2, e, e)
	hi, small := p.sum(e, ln)
	p.do(VADDPS, small, lo, lo)
	p.do(VMULPS, l.ln.error, slack, slack)
	p.do(VFMADD231PS, l.least, p.and(l.ln.abs, hi), slack)
	return hi, lo, slack
}

// logPairs leaves what is not positive, normal and finite in doubt.
func logPairs(p *pairs) func(x vecs) pair {
	l, least, count := p.logarithm(0x1p-34), p.bits(-0x00800000&math.MaxUint32), p.bits(0x7f000000)
	return func(x vecs) pair {
		m, e := l.parts(x)
		at := p.plus(l.ln.magic, m)
		t := p.minus(l.ln.magic, at)
		p.do(VSUBPS, t, m, t)
		hi, lo, slack := l.of(t, at, e)
		return pair{hi: hi, lo: lo, slack: slack, outside: func() masks { return p.atLeast(count, p.of(VPADDD, least, p.argument())) }}
	}
}

// log1pPairs: with u + rest = 1 + x exactly, ln u + rest/u. The reciprocal for that is good to 2^-11.4, and the slack has room for 2^-11 of the
// quotient. Below 1/16, the table's interval is that around 1 and x itself its t. -1 and less, and 2^127 and more, are in doubt.
func log1pPairs(p *pairs) func(x vecs) pair {
	l := p.logarithm(0x1p-34)
	one, abs, sign, small, bottom, top, share := p.constant(1), p.bits(1<<31-1), p.bits(1<<31), p.constant(1.0/16), p.constant(-1), p.constant(0x1p127), p.constant(0x1p-11)
	return func(x vecs) pair {
		u := p.plus(one, x)
		back := p.minus(one, u)
		rest := p.minus(back, x)
		p.do(VSUBPS, back, u, back)
		p.do(VSUBPS, back, p.load(one), back)
		p.do(VADDPS, back, rest, rest)
		m, e := l.parts(u)
		p.do(VMULPS, p.of(VPSUBD, e, p.load(one)), rest, rest) // times 2^-e
		at := p.plus(l.ln.magic, m)
		t := p.minus(l.ln.magic, at)
		p.do(VSUBPS, t, m, t)
		p.do(func(o ...Op) { VRCPPS(o[0], o[0]) }, m)
		p.do(VMULPS, m, rest, rest)
		x = p.argument()
		large := p.compare(notLess, small, p.and(abs, x))
		p.do(func(o ...Op) { VBLENDVPS(o[0], o[1], o[2], o[1]) }, large, t, x)
		p.do(func(o ...Op) { VPAND(o[0], o[1], o[1]) }, large, rest)
		saved := p.spill(rest)
		hi, lo, slack := l.of(t, at, e)
		rest = p.copyOf(saved)
		p.do(VADDPS, rest, lo, lo)
		p.do(VFMADD231PS, share, p.and(abs, rest), slack)
		return pair{hi: hi, lo: lo, slack: slack, finish: func(y vecs) { p.addBits(p.and(sign, p.argument()), y) },
			outside: func() masks {
				m := p.compare(notGreater, bottom, p.argument())
				p.or(p.compare(notLess, top, p.argument()), m)
				return m
			}}
	}
}
