package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// reductions emit the 16 lanes; n counts blocks of 16 elements and l holds the lanes on entry and exit.
func reductions() {
	lanes("sumLanes32v", "x *float32, l *[16]float32", 2, func(i int, at func(string, int) Mem, acc Op) {
		VADDPS(at("x", 32*i), acc, acc)
	})
	lanes("sumLanes64v", "x *float64, l *[16]float64", 4, func(i int, at func(string, int) Mem, acc Op) {
		VADDPD(at("x", 32*i), acc, acc)
	})
	lanes("sumLanes32To64v", "x *float32, l *[16]float64", 4, func(i int, at func(string, int) Mem, acc Op) {
		v := YMM()
		VCVTPS2PD(at("x", 16*i), v)
		VADDPD(v, acc, acc)
	})
	lanes("dotLanes32To64v", "x, y *float32, l *[16]float64", 4, func(i int, at func(string, int) Mem, acc Op) {
		v, w := YMM(), YMM()
		VCVTPS2PD(at("x", 16*i), v)
		VCVTPS2PD(at("y", 16*i), w)
		VMULPD(v, w, w)
		VADDPD(w, acc, acc)
	})
	lanes("dotLanes64v", "x, y *float64, l *[16]float64", 4, func(i int, at func(string, int) Mem, acc Op) {
		v := YMM()
		VMOVUPD(at("x", 32*i), v)
		VMULPD(at("y", 32*i), v, v)
		VADDPD(v, acc, acc)
	})
}

// lanes emits the loop over blocks of 16 with vecs accumulators.
func lanes(name, params string, vecs int, body func(i int, at func(string, int) Mem, acc Op)) {
	start(name, "n int, "+params, name+" adds n blocks of 16 to the lanes.")
	n, l := param("n"), param("l")
	acc := ymms(vecs)
	for i, a := range acc {
		VMOVUPS(Mem{Base: l, Disp: 32 * i}, a)
	}
	x := param("x")
	y := x
	two := len(params) > 5 && params[:5] == "x, y "
	if two {
		y = param("y")
	}
	at := func(p string, disp int) Mem {
		if p == "y" {
			return Mem{Base: y, Disp: disp}
		}
		return Mem{Base: x, Disp: disp}
	}
	bytes := 64
	if name == "sumLanes64v" || name == "dotLanes64v" {
		bytes = 128
	}
	loop(n, func() {
		for i, a := range acc {
			body(i, at, a)
		}
		ADDQ(U32(bytes), x)
		if two {
			ADDQ(U32(bytes), y)
		}
	})
	for i, a := range acc {
		VMOVUPS(a, Mem{Base: l, Disp: 32 * i})
	}
	end()
}
