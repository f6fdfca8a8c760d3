package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// optimizers emits the Adam update, operation by operation as adam32Go in optim.go: c is alpha, 1-beta1, 1-beta2, epsilon.
func optimizers() {
	start("adam32v", "n int, w, m, v, grad *float32, c *[4]float32", "adam32v updates n vectors.")
	n, w, m, v, g, c := param("n"), param("w"), param("m"), param("v"), param("grad"), param("c")
	k := ymms(4)
	for i := range k {
		VBROADCASTSS(Mem{Base: c, Disp: 4 * i}, k[i])
	}
	off := GP64()
	XORQ(off, off)
	at := func(b reg.Register) Mem { return Mem{Base: b, Index: off, Scale: 1} }
	loop(n, func() {
		gv, mv, vv, t := YMM(), YMM(), YMM(), YMM()
		VMOVUPS(at(g), gv)
		VMOVUPS(at(m), mv)
		VSUBPS(mv, gv, t) // g - m
		VMULPS(k[1], t, t)
		VADDPS(t, mv, mv)
		VMOVUPS(mv, at(m))
		VMULPS(gv, gv, gv)
		VMOVUPS(at(v), vv)
		VSUBPS(vv, gv, t) // g² - v
		VMULPS(k[2], t, t)
		VADDPS(t, vv, vv)
		VMOVUPS(vv, at(v))
		VSQRTPS(vv, vv)
		VADDPS(k[3], vv, vv)
		VMULPS(k[0], mv, mv)
		VDIVPS(vv, mv, mv)
		wv := YMM()
		VMOVUPS(at(w), wv)
		VSUBPS(mv, wv, wv)
		VMOVUPS(wv, at(w))
		ADDQ(Imm(32), off)
	})
	end()
}
