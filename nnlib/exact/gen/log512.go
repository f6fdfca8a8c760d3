package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A logarithm holds what ln u needs: u = m·2^n, m in [3/4, 3/2), j = 16m to the nearest integer, r = m·16/j - 1.
type logarithm struct {
	fourThirds, magic, one, ln2 reg.VecVirtual
	c                           []reg.VecVirtual
	inverse                     kept
	log                         sixteen // in memory: the registers are all taken
}

func newLogarithm() *logarithm {
	return &logarithm{number(4.0 / 3), number(0x1.8p48), number(1), number(math.Ln2), numbers(log16Poly), keep("inverse16", inverse16), tableOf("log16", log16)}
}

// of returns ln u for u > 0. Where mask is set, 1+d is u and d is more precise; with d, |d| <= 1/32 there.
func (l *logarithm) of(u, d reg.VecVirtual, mask reg.Register) reg.VecVirtual {
	n, m, at := ZMM(), ZMM(), ZMM()
	VMULPD(l.fourThirds, u, n)
	VGETEXPPD(n, n)
	VGETMANTPD(Imm(3), u, m)
	VADDPD(l.magic, m, at)
	r := l.inverse.lookup(at)
	VFMSUB213PD(l.one, m, r)
	if mask != nil {
		VMOVAPD(d, mask, r)
	}
	log := l.log.lookup(at)
	VFMADD231PD(l.ln2, n, log)
	r2 := ZMM()
	VMULPD(r, r, r2)
	var pair [3]reg.VecVirtual
	for i := range pair {
		pair[i] = ZMM()
		VMOVAPD(l.c[2*i+1], pair[i])
		VFMADD213PD(l.c[2*i], r, pair[i])
	}
	VFMADD231PD(pair[2], r2, pair[1])
	VFMADD231PD(pair[1], r2, pair[0])
	a := pair[0]
	VFMADD213PD(r, r2, a)
	VADDPD(log, a, a)
	return a
}

// log512: the results of negative numbers, infinities, NaN and zeros are in doubt.
func log512() body {
	l := newLogarithm()
	return body{0, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		unsure := K()
		VFPCLASSPSY(Imm(aNaN|aZero|anInfinity|negative), x, unsure)
		return l.of(widen(x), nil, nil), unsure
	}}
}

// log1p512: 1+x is exact in float64 from 2^-29 on; below 1/32, x itself is the argument of the polynomial.
func log1p512() body {
	l, sign, least, small, top := newLogarithm(), wordConst(1<<63), single(-1), number(1.0/32), single(math.MaxFloat32)
	return body{subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		below, unsure, near := K(), K(), K()
		VCMPPS(Imm(0x1a), least, x, below) // not x > -1
		VCMPPS(Imm(0x16), top, x, unsure)  // not x <= the largest
		KORB(below, unsure, unsure)
		v, a, u := widen(x), ZMM(), ZMM()
		VPANDNQ(v, sign, a)
		VCMPPD(Imm(0x11), small, a, near)
		VADDPD(l.one, v, u)
		r := l.of(u, v, near)
		orSign(r, v, sign)
		return r, unsure
	}}
}

// softplus512: max(x, 0) + ln(1+e), e = e^-|x|.
func softplus512() body {
	l, e, sign, small := newLogarithm(), newExponential(exp16Poly), wordConst(1<<63), number(1.0/32)
	return body{aNaN | aZero | subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		v, top, a := widen(x), ZMM(), ZMM()
		VPXORQ(top, top, top)
		VMAXPD(v, top, top) // NaN stays
		VPORQ(sign, v, a)
		d := e.of(a)
		near, u := K(), ZMM()
		VCMPPD(Imm(0x11), small, d, near)
		VADDPD(l.one, d, u)
		r := l.of(u, d, near)
		VADDPD(top, r, r)
		return r, nil
	}}
}
