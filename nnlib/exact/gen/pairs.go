package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Kernels in pairs of float32: a number is hi + lo, good to 2^-32 and better. A vector holds 8 of them with AVX2 and 16 with AVX-512, twice what it
// holds of float64.
//
// The test of rounding: a kernel says that the true value is within slack of hi + lo. Then it lies between hi + (lo-slack) and hi + (lo+slack),
// and where both sums round to the same float32, the true value does, since rounding is monotonic. Elsewhere the lane is in doubt. The two inner
// sums are rounded themselves, by 2^-24 of |lo| + slack: the slack has room for that too.
//
// That a slack is wide enough is argued where it is written, and testdata/exhaustive.sh confirms it on all arguments.
//
// A turn of the loop works on two vectors, instruction by instruction: they do not wait for each other as the steps of one do.

// A pair is what a kernel computes.
type pair struct {
	hi, lo, slack vecs
	subtract      bool         // it is hi - lo
	finish        func(y vecs) // works on the rounded sum, exactly; may be nil
	outside       func() masks // in doubt whatever the sums are; may be nil
}

// vecs holds the vectors of a turn, masks K registers of AVX-512 or vectors of AVX2.
type (
	vecs  []reg.VecVirtual
	masks []reg.Register
)

func functionsInPairs() {
	pairKernel("expPairs", 8, expPairs)
	pairKernel("expPairs", 16, expPairs)
	pairKernel("sigmoidPairs", 8, sigmoidPairs)
	pairKernel("sigmoidPairs", 16, sigmoidPairs)
	pairKernel("sigmoidRows", 16, sigmoidRows)
	pairKernel("geluPairs", 8, geluPairs)
	pairKernel("geluPairs", 16, geluPairs)
	pairKernel("erfPairs", 8, erfPairs)
	pairKernel("logPairs", 8, logPairs)
	pairKernel("log1pPairs", 8, log1pPairs)
}

func pairKernel(name string, lanes int, prepare func(p *pairs) func(x vecs) pair) {
	p := &pairs{lanes: lanes, vectors: 2, registers: map[uint32]Op{}}
	p.kernel(name+itoa(lanes), prepare)
}

// A pairs emits the instructions for vectors of a width.
type pairs struct {
	lanes, vectors int
	registers      map[uint32]Op // the constants of AVX-512
	source         []Mem
}

// argument loads the x of this turn; a kernel does so anew when it needs them late, since there are few registers.
func (p *pairs) argument() vecs { return p.copyOf(p.source) }

func (p *pairs) wide() bool { return p.lanes == 16 }

func (p *pairs) kernel(name string, prepare func(p *pairs) func(x vecs) pair) {
	elements := p.lanes * p.vectors
	start(name, "n int, x, y *float32, doubt *uint8", name+" works on n times "+itoa(elements)+" elements.")
	n, x, y, doubt := param("n"), param("x"), param("y"), param("doubt")
	f := prepare(p)
	loop(n, func() {
		p.source = p.at(x)
		r := f(p.argument())
		most, least := p.plus(r.slack, r.lo), p.minus(r.slack, r.lo)
		join := VADDPS
		if r.subtract {
			join = VSUBPS
		}
		p.do(join, most, r.hi, most)
		p.do(join, least, r.hi, least)
		doubtful := p.compare(notEqual, least, most)
		if r.outside != nil {
			p.or(r.outside(), doubtful)
		}
		if r.finish != nil {
			r.finish(most)
		}
		p.do(VMOVUPS, most, p.at(y))
		p.store(doubtful, doubt)
		ADDQ(Imm(uint64(4*elements)), x)
		ADDQ(Imm(uint64(4*elements)), y)
		ADDQ(Imm(uint64(elements/8)), doubt)
	})
	end()
}

// do emits an instruction for each vector; the operands are vecs, masks or one Op for all.
func (p *pairs) do(instruction func(ops ...Op), operands ...any) {
	for i := range p.vectors {
		var ops []Op
		for _, o := range operands {
			switch o := o.(type) {
			case vecs:
				ops = append(ops, o[i])
			case masks:
				ops = append(ops, o[i])
			case []Mem:
				ops = append(ops, o[i])
			default:
				ops = append(ops, o.(Op))
			}
		}
		instruction(ops...)
	}
}

// of emits do into new vectors.
func (p *pairs) of(instruction func(ops ...Op), operands ...any) vecs {
	v := p.new()
	p.do(instruction, append(operands, v)...)
	return v
}

func (p *pairs) new() vecs {
	v := make(vecs, p.vectors)
	for i := range v {
		v[i] = p.vector()
	}
	return v
}

func (p *pairs) vector() reg.VecVirtual {
	if p.wide() {
		return ZMM()
	}
	return YMM()
}

// at is the memory of the vectors of a turn.
func (p *pairs) at(base reg.Register) []Mem {
	m := make([]Mem, p.vectors)
	for i := range m {
		m[i] = Mem{Base: base, Disp: 4 * p.lanes * i}
	}
	return m
}
