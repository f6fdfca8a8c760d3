package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// minusSin16 is the derivative of cos16.
func minusSin16() []float64 {
	m := make([]float64, 16)
	for i, s := range sin16 {
		m[i] = 0 - s
	}
	return m
}

// sin512 returns f(x) = f(c)·cos r + f'(c)·sin r with c the nearest multiple of π/8, from tables of f and f'. Beyond 2^20, and where r is tiny
// by cancellation, in doubt.
func sin512(name string, f, derivative []float64) body {
	scale, magic, pi1, pi2 := number(8/math.Pi), number(0x1.8p52), number(0x1.921fb54400000p-2), number(0x1.0b4611a626331p-36)
	s, c := numbers(sin16Poly), numbers(cos16Poly)
	value, slope := keep(name, f), keep(name+"Slope", derivative)
	sign, least, top := wordConst(1<<63), number(0x1p-20), number(0x1p20)
	return body{subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		v := widen(x)
		unsure, tiny, moved := K(), K(), K()
		a := ZMM()
		VPANDNQ(v, sign, a)
		VCMPPD(Imm(0x16), top, a, unsure) // not |x| <= 2^20
		at, n, r2, r3 := ZMM(), ZMM(), ZMM(), ZMM()
		VMOVAPD(magic, at)
		VFMADD231PD(scale, v, at)
		VSUBPD(magic, at, n)
		r := v
		VFNMADD231PD(pi1, n, r)
		VFNMADD231PD(pi2, n, r)
		VMULPD(r, r, r2)
		VMULPD(r, r2, r3)
		sin, cos := ZMM(), ZMM()
		VMOVAPD(s[2], sin)
		VFMADD213PD(s[1], r2, sin)
		VFMADD213PD(s[0], r2, sin)
		VFMADD213PD(r, r3, sin)
		VMOVAPD(c[2], cos)
		VFMADD213PD(c[1], r2, cos)
		VFMADD213PD(c[0], r2, cos)
		VMULPD(r2, cos, cos)
		fc, dc := value.lookup(at), slope.lookup(at)
		VFMADD213PD(fc, fc, cos)
		VFMADD213PD(cos, dc, sin)
		b := ZMM()
		VPANDNQ(r, sign, b)
		VCMPPD(Imm(0x12), least, b, tiny) // |r| <= 2^-20
		VPTESTMQ(n, n, moved)
		KANDB(tiny, moved, moved)
		KORB(moved, unsure, unsure)
		if name == "sin" { // sin(-0) is -0
			zero := K()
			VFPCLASSPSY(Imm(minusZero), x, zero)
			KORB(zero, unsure, unsure)
		}
		return sin, unsure
	}}
}
