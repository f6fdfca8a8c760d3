package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// An eightsOf is a piecesOf with 8 intervals, as many as a lookup of AVX2 takes. They are wide, so three coefficients have two words, and Q begins with
// t³. The units of 2^-24 of t³·Q: the first coefficient of Q and the last step of its evaluation 2, the steps before 1, the sums of the low words 5, what
// the user does 2, the test 1. So the slack is 11 units, and least. Q has no zero inside an interval, apart from one in the middle, where its first
// coefficient is zero too: so it is no smaller than the parts it is rounded with.
//
// c0 + t·s, s about c1 + t·c2, is exact as a pair where c0 - RN(c0 + t·s) is exact: if |t·s| <= |c0|, or if that difference is less than 2^24 units of
// c0's last place. For Φ(-a) this holds up to 3.25: around 3, |t·s| is up to 1.12·c0, and c0 is 1.38·2^-10. The logarithm keeps the first.
type eightsOf struct {
	p                        *pairs
	magic, error, least, abs Op
	rows                     []Op // c0, its low word, c1, its low word, c2, its low word, then Q
}

func (p *pairs) eightsOf(name string, table [][]float64, step, least float64) *eightsOf {
	f := &eightsOf{p: p, magic: p.constant(float32(0x1.8p23 * step)), error: p.constant(11 * 0x1p-24), least: p.constant(float32(least)), abs: p.bits(1<<31 - 1)}
	for d, row := range table {
		var c [2][]float32
		for _, v := range row {
			w := words(v)
			c[0], c[1] = append(c[0], w[0]), append(c[1], w[1])
		}
		f.rows = append(f.rows, p.table(name+"c"+itoa(d), c[0]))
		if d < 3 {
			f.rows = append(f.rows, p.table(name+"c"+itoa(d)+"Low", c[1]))
		}
	}
	return f
}

func (f *eightsOf) at(a vecs) (hi, lo, slack vecs) {
	p := f.p
	at := p.plus(f.magic, a)
	t := p.minus(f.magic, at)
	p.do(VSUBPS, t, a, t)
	hi, lo, slack = f.of(t, at)
	p.do(VFMADD132PS, f.error, p.load(f.least), slack)
	return hi, lo, slack
}

// of returns P(middle + t) for the interval of at, and t³·Q in size.
func (f *eightsOf) of(t, at vecs) (hi, lo, third vecs) {
	p := f.p
	top := len(f.rows) - 1
	lo = p.lookup(f.rows[top], at)
	for i := top - 1; i >= 5; i-- {
		p.do(VFMADD213PS, p.lookup(f.rows[i], at), t, lo)
	}
	third = p.times(t, t)
	p.do(VMULPS, p.and(f.abs, lo), third, third)
	hi = p.lookup(f.rows[4], at)
	for _, row := range [][2]Op{{f.rows[2], f.rows[3]}, {f.rows[0], f.rows[1]}} {
		p.do(VFMADD213PS, p.lookup(row[1], at), t, lo)
		rest := p.lookup(row[0], at)
		sum := p.copyOf(rest)
		p.do(VFMADD231PS, hi, t, sum)
		p.do(VSUBPS, sum, rest, rest)
		p.do(VFMADD231PS, hi, t, rest) // exact
		p.do(VADDPS, rest, lo, lo)
		hi = sum
	}
	return hi, lo, third
}
