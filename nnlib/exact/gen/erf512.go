package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A row holds one coefficient for each of 16 intervals.
type row interface {
	lookup(at reg.VecVirtual) reg.VecVirtual
}

// rowsOf keeps the first rows in registers and the others in memory.
func rowsOf(name string, rows [][]float64, inRegisters int) []row {
	var r []row
	for i, c := range rows {
		if i < inRegisters {
			r = append(r, keep(name+itoa(i), c))
		} else {
			r = append(r, tableOf(name+itoa(i), c))
		}
	}
	return r
}

// piecewise returns the polynomial of the interval that each lane of a >= 0 is in; its middle is a multiple of 1/4.
func piecewise(a, magic reg.VecVirtual, rows []row) reg.VecVirtual {
	at, t := ZMM(), ZMM()
	VADDPD(magic, a, at)
	VSUBPD(magic, at, t)
	VSUBPD(t, a, t)
	square := ZMM()
	VMULPD(t, t, square)
	var p reg.VecVirtual
	for i := len(rows) - 2; i >= 0; i -= 2 { // by pairs: a single chain would wait for itself
		pair := rows[i+1].lookup(at)
		VFMADD213PD(rows[i].lookup(at), t, pair)
		if p != nil {
			VFMADD231PD(p, square, pair)
		}
		p = pair
	}
	return p
}

// erf512: x times a function of |x|. From 31/8 on in doubt.
func erf512() body {
	sign, top, magic := wordConst(1<<63), single(31.0/8), number(0x1.8p50)
	rows := rowsOf("erf", erfTable, 8)
	return body{subnormal, func(x reg.VecVirtual) (reg.VecVirtual, reg.Register) {
		v, a, unsure := widen(x), ZMM(), K()
		VPANDNQ(v, sign, a)
		beyond(x, top, unsure)
		p := piecewise(a, magic, rows)
		VMULPD(v, p, p)
		return p, unsure
	}}
}

// beyond sets the mask where not |x| < top.
func beyond(x, top reg.VecVirtual, mask reg.Register) {
	a := YMM()
	VPSLLD(Imm(1), x, a)
	VPSRLD(Imm(1), a, a)
	VCMPPS(Imm(0x15), top, a, mask)
}
