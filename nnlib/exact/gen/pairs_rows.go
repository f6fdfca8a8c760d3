package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A pairFunction gives for a >= 0 P(a) as a pair, and the slack.
type pairFunction interface {
	at(a vecs) (hi, lo, slack vecs)
}

// piecesOf: a function is a polynomial of its own on each interval of a grid: around i·step, P = c0 + t·(c1 + t·Q(t)), with the first two coefficients as two
// words. c0 + t·c1 is exact as a sum of two float32; the rest is rounded, in units of 2^-24 of t²·Q: the first coefficient of Q and the last
// step of its evaluation 2, t·(...) and the sums of the low word 4, what the function's user does with it 2, the test 1. least is what remains relative to P: the polynomial's error, the steps
// inside Q, which are less than 2^-36, and low words' roundings. So the slack is 10 units and least.
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

// eightsOf: the intervals are 8, as many as a lookup of AVX2 takes, so three coefficients have two words. The units of error are those of t³·Q:
// the first coefficient of Q and the last step of its evaluation 2, the steps before 1, the sums of the low words 5, what the user does 2, the test 1.
// So the slack is 11 units, and least.
type eightsOf struct {
	p                        *pairs
	magic, error, least, abs Op
	rows                     []Op // c0, its low word, c1, its low word, c2, its low word, then Q
}

func (p *pairs) eightsOf(name string, table [][]float64, least float64) *eightsOf {
	f := &eightsOf{p: p, magic: p.constant(0x1.8p22), error: p.constant(11 * 0x1p-24), least: p.constant(float32(least)), abs: p.bits(1<<31 - 1)}
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
	top := len(f.rows) - 1
	lo = p.lookup(f.rows[top], at)
	for i := top - 1; i >= 5; i-- {
		p.do(VFMADD213PS, p.lookup(f.rows[i], at), t, lo)
	}
	slack = p.times(t, t)
	p.do(VMULPS, p.and(f.abs, lo), slack, slack)
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
	p.do(VFMADD132PS, f.error, p.load(f.least), slack)
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

// memoryRows are eight numbers each: AVX2 has no lookup that large. The offsets of the rows go through the stack to general registers; then
// four vectors of two half rows each are transposed.
type memoryRows struct {
	p    *pairs
	base reg.GPVirtual
	mask Op
	at   Mem
}

func newMemoryRows(p *pairs, name string, table [][]float64) *memoryRows {
	var c []float32
	for i := range table[0] {
		c0, c1 := words(table[0][i]), words(table[1][i])
		c = append(c, c0[0], c0[1], c1[0], c1[1])
		for d := 2; d < 6; d++ {
			c = append(c, float32(table[d][i]))
		}
	}
	r := &memoryRows{p: p, base: GP64(), mask: p.bits(uint32(32 * (len(table[0]) - 1))), at: AllocLocal(32 * p.vectors)}
	LEAQ(float32s(name, c), r.base)
	return r
}

func (r *memoryRows) load(at vecs) {
	for i, v := range at {
		VPSLLD(Imm(5), v, v)
		VPAND(r.mask, v, v)
		VMOVUPS(v, r.at.Offset(32*i))
	}
}

// four returns the numbers from offset on, column by column.
func (r *memoryRows) four(offset int) [4]vecs {
	var out [4]vecs
	for i := range r.p.vectors {
		var half [4]reg.VecVirtual
		for j := range half {
			half[j] = YMM()
			low, high := GP64(), GP64()
			MOVL(r.at.Offset(32*i+4*j), low.As32())
			MOVL(r.at.Offset(32*i+4*j+16), high.As32())
			VBROADCASTF128(Mem{Base: r.base, Index: low, Scale: 1, Disp: offset}, half[j])
			VINSERTF128(Imm(1), Mem{Base: r.base, Index: high, Scale: 1, Disp: offset}, half[j], half[j])
		}
		for j, v := range transposeHalves(half) {
			out[j] = append(out[j], v)
		}
	}
	return out
}

// transposeHalves transposes both halves of four vectors, with one register more.
func transposeHalves(r [4]reg.VecVirtual) [4]reg.VecVirtual {
	a := YMM()
	VUNPCKLPS(r[1], r[0], a)
	VUNPCKHPS(r[1], r[0], r[0])
	VUNPCKLPS(r[3], r[2], r[1])
	VUNPCKHPS(r[3], r[2], r[2])
	VUNPCKLPD(r[1], a, r[3])
	VUNPCKHPD(r[1], a, a)
	VUNPCKLPD(r[2], r[0], r[1])
	VUNPCKHPD(r[2], r[0], r[0])
	return [4]reg.VecVirtual{r[3], a, r[1], r[0]}
}

func (r *memoryRows) polynomial(t vecs) vecs {
	c := r.four(16)
	q := c[3]
	for i := 2; i >= 0; i-- {
		r.p.do(VFMADD213PS, c[i], t, q)
	}
	return q
}

func (r *memoryRows) c0c1() (c0, c0Low, c1, c1Low vecs) {
	c := r.four(0)
	return c[0], c[1], c[2], c[3]
}

// beyond returns the lanes where a >= 0 is not below top, or so small that products of it lose bits; zeros are well. It overwrites a.
func (p *pairs) beyond(a vecs, top float32) masks {
	large := p.compare(notLess, p.constant(top), a)
	small := p.tiny(a)
	p.or(small, large)
	return large
}

// tiny returns the lanes of 0 < a < 2^-100.
func (p *pairs) tiny(a vecs) masks {
	const limit = (127-100)<<23 - 1
	m := make(masks, p.vectors)
	for i, v := range a {
		if p.wide() {
			k := K()
			VPADDD(p.bits(math.MaxUint32), v, v)
			VPCMPUD(Imm(1), p.bits(limit), v, k)
			m[i] = k
			continue
		}
		least := YMM()
		VPADDD(p.bits(math.MaxUint32), v, v)
		VPMINUD(p.bits(limit), v, least)
		VPCMPEQD(least, v, v)
		m[i] = v
	}
	return m
}
