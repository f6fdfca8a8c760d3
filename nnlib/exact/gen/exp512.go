package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// An exponential holds what e^v needs: v = (16n+i)/16·ln 2 + r, e^v = 2^n·2^(i/16)·(1 + r + r²·q(r)).
type exponential struct {
	log2e, magic, ln2 reg.VecVirtual
	c                 []reg.VecVirtual
	table             kept
}

func newExponential(poly []float64) *exponential {
	return &exponential{number(math.Log2E), number(0x1.8p48), number(math.Ln2), numbers(poly), keep("exp16", exp16)}
}

// parts returns p, the factor s = 2^(i/16) and n, with e^v = (s + s·p)·2^floor(n).
func (e *exponential) parts(v reg.VecVirtual) (p, s, n reg.VecVirtual) {
	at := ZMM()
	n = ZMM()
	VMOVAPD(e.magic, at)
	VFMADD231PD(e.log2e, v, at)
	VSUBPD(e.magic, at, n)
	r := v // which is not needed any more
	VFNMADD231PD(e.ln2, n, r)
	s = e.table.lookup(at)
	r2 := ZMM()
	VMULPD(r, r, r2)
	p = ZMM()
	top := len(e.c) - 1
	VMOVAPD(e.c[top], p)
	for i := top - 1; i >= 0; i-- {
		VFMADD213PD(e.c[i], r, p)
	}
	VFMADD213PD(r, r2, p)
	return p, s, n
}

func (e *exponential) of(v reg.VecVirtual) reg.VecVirtual {
	p, s, n := e.parts(v)
	VFMADD213PD(s, s, p)
	VSCALEFPD(n, p, p)
	return p
}

// less1 returns e^v - 1 with a small relative error.
func (e *exponential) less1(v, one reg.VecVirtual) reg.VecVirtual {
	p, s, n := e.parts(v)
	VSCALEFPD(n, s, s)
	less := ZMM()
	VSUBPD(one, s, less)
	VFMADD213PD(less, s, p)
	return p
}

// tanh512: with e = e^(2|x|) - 1, tanh |x| = e/(e+2).
func tanh512() body {
	sign, e, one, two := wordConst(1<<63), newExponential(exp16LongPoly), number(1), number(2)
	return body{aNaN | subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		v, a := widen(x), ZMM()
		VPANDNQ(v, sign, a)
		VADDPD(a, a, a)
		p := e.less1(a, one)
		d := ZMM()
		VADDPD(two, p, d)
		VDIVPD(d, p, p)
		orSign(p, v, sign)
		return p, nil
	}}
}

// orSign gives r the sign of v too.
func orSign(r, v, sign reg.VecVirtual) { VPTERNLOGQ(Imm(0xf8), sign, v, r) }

// expm1512 takes the sign of x again, which 0 has lost on the way.
func expm1512() body {
	sign, e, one := wordConst(1<<63), newExponential(exp16LongPoly), number(1)
	return body{aNaN | anInfinity | subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		v, a := widen(x), ZMM()
		VMOVAPD(v, a)
		p := e.less1(a, one)
		orSign(p, v, sign)
		return p, nil
	}}
}
