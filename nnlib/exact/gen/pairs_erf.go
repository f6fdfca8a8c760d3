package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// geluPairs: max(x, 0) - |x|·Φ(-|x|).
func geluPairs(p *pairs) func(x vecs) pair {
	abs := p.bits(1<<31 - 1)
	var tail pairFunction
	top := p.constant(3.25)
	if p.wide() {
		tail, top = p.piecesOf("tail32", tail32, 1.0/8, 0x1p-33), p.constant(31.4/8)
	} else {
		tail = p.eightsOf("tail8", tail8, 1.0/2, 0x1p-40)
	}
	return func(x vecs) pair {
		a := p.and(abs, x)
		hi, lo, slack := tail.at(a)
		slack = p.scaled(slack, a)
		product := p.times(hi, a)
		p.do(VFMSUB213PS, product, a, hi) // exact
		p.do(VFMADD213PS, hi, a, lo)
		positive := p.positive(p.argument())
		y := p.minus(product, positive)
		rest := positive
		p.do(VSUBPS, y, positive, rest) // exact with the next: product <= positive, or that is 0
		p.do(VSUBPS, rest, product, rest)
		p.do(VADDPS, lo, rest, rest)
		return pair{hi: y, lo: rest, subtract: true, slack: slack, outside: func() masks { return p.compare(notLess, top, a) }}
	}
}

// scaled returns slack·a, and min(a, 2^-140) more: where a is so small that products with it lose bits below 2^-149, the slack is no less than that loss, and
// as results that small are multiples of 2^-149, they are all in doubt. Zeros are not.
func (p *pairs) scaled(slack, a vecs) vecs {
	loss := p.of(VMINPS, p.constant(0x1p-140), a)
	p.do(VFMADD213PS, loss, a, slack)
	return slack
}

// sigmoidRows: P = 1/(1+e^|x|), or 1 - P.
func sigmoidRows(p *pairs) func(x vecs) pair {
	abs, one := p.bits(1<<31-1), p.constant(1)
	logistic, top := p.piecesOf("logistic32", logistic32, 1.0/4, 0x1p-35), p.constant(31.4/4)
	return func(x vecs) pair {
		hi, lo, slack := logistic.at(p.and(abs, x))
		upper := p.argument()
		p.do(VPSRAD, Imm(31), upper, upper)
		upper = p.andNot(one, upper) // 1, or 0 where x has a sign
		y := p.minus(hi, upper)
		rest := upper
		p.do(VSUBPS, y, upper, rest)
		p.do(VSUBPS, hi, rest, rest)
		p.do(VSUBPS, lo, rest, rest)
		return pair{hi: y, lo: rest, slack: slack, outside: func() masks { return p.compare(notLess, top, p.and(abs, p.argument())) },
			finish: func(y vecs) {
				positive := p.and(abs, y)
				copy(y, positive)
			}}
	}
}

// erfPairs: |x| times a function of it. From 3.95 on it stays 1.
func erfPairs(p *pairs) func(x vecs) pair {
	abs, sign, top := p.bits(1<<31-1), p.bits(1<<31), p.constant(3.95)
	ratio := p.piecesOf("erf64", erf64, 1.0/16, 0x1p-36)
	return func(x vecs) pair {
		a := p.and(abs, x)
		p.do(VMINPS, a, p.load(top), a) // NaN stays
		hi, lo, slack := ratio.at(a)
		slack = p.scaled(slack, a)
		product := p.times(hi, a)
		p.do(VFMSUB213PS, product, a, hi)
		p.do(VFMADD213PS, hi, a, lo)
		return pair{hi: product, lo: lo, slack: slack,
			finish: func(y vecs) { p.addBits(p.and(sign, p.argument()), y) }}
	}
}
