package main

import (
	"math"
	"strconv"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// The constants and tables of the kernels in pairs.

var pairData = map[string]Mem{}

// float32s puts numbers into memory once.
func float32s(name string, c []float32) Mem {
	m, ok := pairData[name]
	if !ok {
		m = GLOBL(name, RODATA|NOPTR)
		for i, v := range c {
			DATA(4*i, U32(math.Float32bits(v)))
		}
		pairData[name] = m
	}
	return m
}

// constant is c in all lanes: a register of AVX-512, else memory, which has to be the first operand of an instruction.
func (p *pairs) constant(c float32) Op {
	u := math.Float32bits(c)
	m := float32s("p"+strconv.FormatUint(uint64(u), 16), []float32{c, c, c, c, c, c, c, c})
	if !p.wide() {
		return m
	}
	if p.registers[u] == nil {
		v := ZMM()
		VBROADCASTSS(m, v)
		p.registers[u] = v
	}
	return p.registers[u]
}

func (p *pairs) bits(u uint32) Op { return p.constant(math.Float32frombits(u)) }

func (p *pairs) constants(c []float64) []Op {
	var k []Op
	for _, v := range c {
		k = append(k, p.constant(float32(v)))
	}
	return k
}

// load returns c in a register that must not be overwritten.
func (p *pairs) load(c Op) any {
	if p.wide() {
		return c
	}
	v := YMM()
	VMOVUPS(c, v)
	return v
}

// table holds eight numbers for lookup.
func (p *pairs) table(name string, c []float32) Op {
	m := float32s(name, append(append([]float32{}, c...), c...)) // a vector of AVX-512 has them twice
	if !p.wide() {
		return m
	}
	v := ZMM()
	VMOVUPS(m, v)
	return v
}

// lookup returns t[at & 7].
func (p *pairs) lookup(t Op, at vecs) vecs { return p.of(VPERMPS, t, at) }

// words returns x as a sum of two float32.
func words(x float64) [2]float32 {
	hi := float32(x)
	return [2]float32{hi, float32(x - float64(hi))}
}
