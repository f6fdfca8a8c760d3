package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// What the kernels in pairs are written in: arithmetic and comparisons on the vectors of a turn.

// copyOf returns registers that may be overwritten.
func (p *pairs) copyOf(x any) vecs { return p.of(VMOVUPS, x) }

// plus returns x + c, minus x - c, times x·c.
func (p *pairs) plus(c any, x any) vecs  { return p.of(VADDPS, c, x) }
func (p *pairs) minus(c any, x any) vecs { return p.of(VSUBPS, c, x) }
func (p *pairs) times(c any, x any) vecs { return p.of(VMULPS, c, x) }

// polynomial returns c[0] + x·(c[1] + x·(...)).
func (p *pairs) polynomial(x vecs, c []Op) vecs {
	top := len(c) - 1
	v := p.copyOf(c[top])
	for i := top - 1; i >= 0; i-- {
		p.do(VFMADD213PS, c[i], x, v)
	}
	return v
}

// spill keeps x in memory for the time being.
func (p *pairs) spill(x vecs) []Mem {
	local := AllocLocal(4 * p.lanes * p.vectors)
	m := make([]Mem, p.vectors)
	for i := range m {
		m[i] = local.Offset(4 * p.lanes * i)
	}
	p.do(VMOVUPS, x, m)
	return m
}

// sum returns a + b as a pair, exactly, |a| >= |b|.
func (p *pairs) sum(a, b vecs) (hi, lo vecs) {
	hi = p.plus(b, a)
	lo = p.minus(hi, a)
	p.do(VADDPS, b, lo, lo)
	return hi, lo
}

// and returns c & x, andNot c &^ x, union c | x.
func (p *pairs) and(c Op, x vecs) vecs {
	if p.wide() {
		return p.of(VPANDD, c, x)
	}
	return p.of(func(o ...Op) { VPAND(o[0], o[1], o[2]) }, c, x)
}

func (p *pairs) andNot(c Op, x vecs) vecs {
	if p.wide() {
		return p.of(VPANDND, c, x)
	}
	return p.of(func(o ...Op) { VPANDN(o[0], o[1], o[2]) }, c, x)
}

func (p *pairs) union(c any, x vecs) vecs {
	if p.wide() {
		return p.of(VPORD, c, x)
	}
	return p.of(func(o ...Op) { VPOR(o[0], o[1], o[2]) }, c, x)
}

// Predicates of VCMPPS, which are true for a NaN.
const (
	notEqual   = 0x04
	notLess    = 0x15
	notGreater = 0x1a
)

// compare returns the lanes where "a predicate b" holds.
func (p *pairs) compare(predicate uint64, b any, a vecs) masks {
	m := make(masks, p.vectors)
	for i := range m {
		if p.wide() {
			m[i] = K()
		} else {
			m[i] = YMM()
		}
	}
	p.do(VCMPPS, Imm(predicate), b, a, m)
	return m
}

// or adds the lanes of a to b.
func (p *pairs) or(a, b masks) {
	p.do(func(o ...Op) {
		if p.wide() {
			KORW(o[0], o[1], o[1])
		} else {
			VORPS(o[0], o[1], o[1])
		}
	}, a, b)
}

func (p *pairs) store(m masks, to reg.Register) {
	for i := range m {
		at := Mem{Base: to, Disp: i * p.lanes / 8}
		if p.wide() {
			KMOVW(m[i], at)
			continue
		}
		g := GP32()
		VMOVMSKPS(m[i], g)
		MOVB(g.As8(), at)
	}
}

// positive returns max(x, 0), -0 for -0.
func (p *pairs) positive(x vecs) vecs {
	zero := p.vector()
	if p.wide() {
		VPXORD(zero, zero, zero)
	} else {
		VXORPS(zero, zero, zero)
	}
	return p.of(VMAXPS, x, zero)
}

// addBits does y |= b.
func (p *pairs) addBits(b, y vecs) {
	p.do(func(o ...Op) {
		if p.wide() {
			VPORD(o[0], o[1], o[1])
		} else {
			VPOR(o[0], o[1], o[1])
		}
	}, b, y)
}

// atLeast returns the lanes where x >= c as unsigned integers, with AVX2.
func (p *pairs) atLeast(c Op, x vecs) masks {
	m := make(masks, p.vectors)
	for i, v := range x {
		most := YMM()
		VPMAXUD(c, v, most)
		VPCMPEQD(most, v, v)
		m[i] = v
	}
	return m
}
