package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// A pairFunction gives for a >= 0 P(a) as a pair, and the slack.
type pairFunction interface {
	at(a vecs) (hi, lo, slack vecs)
}

// A piecesOf is a function that is a polynomial of its own on each interval of a grid: around i·step, P = c0 + t·(c1 + t·Q(t)), with the first two
// coefficients as two words. t is exact, and so is c0 + t·c1 as a sum of two float32. The rest is rounded. In units of 2^-24 of t²·Q that is 2 for the
// first coefficient of Q and the last step of its evaluation, 4 for t·(...) and the sums of the low word, 2 for what the user of P does with it, 1 for
// the test. least, relative to P, has the polynomial's own error and the other steps inside Q: t³ times the next coefficient, t at most 1/8, is below 2^-12
// of P, and so these are below 2^-35. So the slack is 10 units, and least. (Where Q is zero, at an inflection of P, those steps are all there is.)
type piecesOf struct {
	p                        *pairs
	magic, error, least, abs Op
	rows                     rowLoader
}

// A rowLoader gives the coefficients for the interval that the low bits of at name: the high and low words of c0 and c1, then those of Q from
// the last on.
type rowLoader interface {
	load(at vecs)
	polynomial(t vecs) vecs // Q
	c0c1() (c0, c0Low, c1, c1Low vecs)
}

func (p *pairs) piecesOf(name string, table [][]float64, step, least float64) *piecesOf {
	f := &piecesOf{p: p, magic: p.constant(float32(0x1.8p23 * step)), error: p.constant(10 * 0x1p-24), least: p.constant(float32(least)), abs: p.bits(1<<31 - 1)}
	if p.wide() {
		f.rows = newPermutedRows(p, name, table)
	} else {
		f.rows = newMemoryRows(p, name, table)
	}
	return f
}

func (f *piecesOf) at(a vecs) (hi, lo, slack vecs) {
	p := f.p
	at := p.plus(f.magic, a)
	t := p.minus(f.magic, at)
	p.do(VSUBPS, t, a, t)
	f.rows.load(at)
	u := f.rows.polynomial(t)
	c0, c0Low, c1, c1Low := f.rows.c0c1()
	p.do(VFMADD213PS, c1Low, t, u)
	p.do(VMULPS, t, u, u)
	hi = p.copyOf(c0)
	p.do(VFMADD231PS, c1, t, hi)
	lo = p.minus(hi, c0)
	p.do(VFMADD231PS, c1, t, lo) // exact
	p.do(VADDPS, u, c0Low, c0Low)
	p.do(VADDPS, c0Low, lo, lo)
	slack = p.and(f.abs, u)
	p.do(VMULPS, f.error, slack, slack)
	least := p.times(f.least, hi)
	p.do(VADDPS, least, slack, slack)
	return hi, lo, slack
}

// permutedRows are 32 numbers each, looked up by VPERMT2PS.
type permutedRows struct {
	p    *pairs
	rows [][2]Op
	at   vecs
}

// inRegisters is how many rows there is room for.
const inRegisters = 4

func newPermutedRows(p *pairs, name string, table [][]float64) *permutedRows {
	r := &permutedRows{p: p}
	for d, row := range table {
		for word, suffix := range []string{"", "Low"} {
			if d > 1 && word == 1 {
				break
			}
			var c []float32
			for _, v := range row {
				c = append(c, words(v)[word])
			}
			m := float32s(name+"c"+itoa(d)+suffix, c)
			halves := [2]Op{m, m.Offset(64)}
			if len(r.rows) < inRegisters {
				for h := range halves {
					v := ZMM()
					VMOVUPS(halves[h], v)
					halves[h] = v
				}
			}
			r.rows = append(r.rows, halves)
		}
	}
	return r
}

func (r *permutedRows) load(at vecs) { r.at = at }

func (r *permutedRows) row(i int) vecs {
	v := r.p.copyOf(r.rows[i][0])
	r.p.do(VPERMT2PS, r.rows[i][1], r.at, v)
	return v
}

func (r *permutedRows) polynomial(t vecs) vecs {
	top := len(r.rows) - 1
	q := r.row(top)
	for i := top - 1; i >= 4; i-- {
		r.p.do(VFMADD213PS, r.row(i), t, q)
	}
	return q
}

func (r *permutedRows) c0c1() (c0, c0Low, c1, c1Low vecs) {
	return r.row(0), r.row(1), r.row(2), r.row(3)
}
