package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

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
