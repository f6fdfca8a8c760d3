package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

var wideConstants = map[uint64]Mem{}

// number loads c to all lanes of a register.
func number(c float64) reg.VecVirtual { return wordConst(math.Float64bits(c)) }

func wordConst(u uint64) reg.VecVirtual {
	m, ok := wideConstants[u]
	if !ok {
		m = GLOBL("w"+itoa(len(wideConstants)), RODATA|NOPTR)
		DATA(0, U64(u))
		wideConstants[u] = m
	}
	v := ZMM()
	VBROADCASTSD(m, v)
	return v
}

func numbers(c []float64) []reg.VecVirtual {
	v := make([]reg.VecVirtual, len(c))
	for i := range v {
		v[i] = number(c[i])
	}
	return v
}

// single loads c to all lanes of a register of float32.
func single(c float32) reg.VecVirtual {
	m := GLOBL("s"+itoa(singles), RODATA|NOPTR)
	singles++
	DATA(0, U32(math.Float32bits(c)))
	v := YMM()
	VBROADCASTSS(m, v)
	return v
}

var singles int

// A sixteen is a table of 16 numbers in memory.
type sixteen struct{ lo, hi Mem }

var sixteens = map[string]sixteen{}

func tableOf(name string, c []float64) sixteen {
	t, ok := sixteens[name]
	if !ok {
		m := GLOBL("t"+name, RODATA|NOPTR)
		for i, x := range c {
			DATA(8*i, U64(math.Float64bits(x)))
		}
		t = sixteen{lo: m, hi: m.Offset(64)}
		sixteens[name] = t
	}
	return t
}

// lookup returns t[at & 15].
func (t sixteen) lookup(at reg.VecVirtual) reg.VecVirtual {
	v := ZMM()
	VMOVUPD(t.lo, v)
	VPERMT2PD(t.hi, at, v)
	return v
}

// A kept is a table in two registers.
type kept struct{ lo, hi reg.VecVirtual }

func keep(name string, c []float64) kept {
	t := tableOf(name, c)
	k := kept{ZMM(), ZMM()}
	VMOVUPD(t.lo, k.lo)
	VMOVUPD(t.hi, k.hi)
	return k
}

func (t kept) lookup(at reg.VecVirtual) reg.VecVirtual {
	v := ZMM()
	VMOVAPD(t.lo, v)
	VPERMT2PD(t.hi, at, v)
	return v
}

func widen(x reg.VecVirtual) reg.VecVirtual {
	v := ZMM()
	VCVTPS2PD(x, v)
	return v
}
