package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// elementwise emits loops over n vectors.
func elementwise(t elem) {
	binary := func(name string, op func(ops ...Op)) {
		vectorLoop(t, name+t.name+"v", "dst, x, y", "", func(_ reg.VecVirtual, at func(string) Mem) {
			v := YMM()
			t.load(at("x"), v)
			op(at("y"), v, v)
			t.load(v, at("dst"))
		})
	}
	binary("add", t.add)
	binary("sub", t.sub)
	binary("mul", t.mul)
	binary("div", t.div)
	vectorLoop(t, "axpy"+t.name+"v", "x, y", "alpha", func(alpha reg.VecVirtual, at func(string) Mem) {
		v := YMM()
		t.mul(at("x"), alpha, v)
		t.add(at("y"), v, v)
		t.load(v, at("y"))
	})
	vectorLoop(t, "scale"+t.name+"v", "dst, x", "alpha", func(alpha reg.VecVirtual, at func(string) Mem) {
		v := YMM()
		t.mul(at("x"), alpha, v)
		t.load(v, at("dst"))
	})
	relu(t)
	if t.name == "32" {
		larger(t)
		vectorLoop(t, "root32v", "dst, x", "", func(_ reg.VecVirtual, at func(string) Mem) {
			v := YMM()
			VSQRTPS(at("x"), v)
			VMOVUPS(v, at("dst"))
		})
	}
}

// relu keeps NaN: it clears where x <= 0, an ordered comparison.
func relu(t elem) {
	cmp := VCMPPS
	if t.name == "64" {
		cmp = VCMPPD
	}
	vectorLoop(t, "relu"+t.name+"v", "dst, x", "", func(_ reg.VecVirtual, at func(string) Mem) {
		v, zero, mask := YMM(), YMM(), YMM()
		VXORPS(zero, zero, zero)
		t.load(at("x"), v)
		cmp(Imm(2), zero, v, mask) // v <= 0
		t.andn(v, mask, v)
		t.load(v, at("dst"))
	})
	vectorLoop(t, "reluGrad"+t.name+"v", "dst, x, dy", "", func(_ reg.VecVirtual, at func(string) Mem) {
		v, zero, mask := YMM(), YMM(), YMM()
		VXORPS(zero, zero, zero)
		t.load(at("x"), v)
		cmp(Imm(0x1e), zero, v, mask) // v > 0, quiet
		t.and(at("dy"), mask, v)
		t.load(v, at("dst"))
	})
}

// larger emits the two ways of a maximum over rows.
func larger(t elem) {
	vectorLoop(t, "larger32v", "dst, x", "", func(_ reg.VecVirtual, at func(string) Mem) {
		v := YMM()
		VMOVUPS(at("x"), v)
		VMAXPS(at("dst"), v, v) // dst unless x is larger, so for a NaN or zeros too
		VMOVUPS(v, at("dst"))
	})
	vectorLoop(t, "largerGrad32v", "dx, left, x, y", "", func(_ reg.VecVirtual, at func(string) Mem) {
		same, left, part := YMM(), YMM(), YMM()
		VMOVUPS(at("y"), same)
		VPCMPEQD(at("x"), same, same)
		VMOVUPS(at("left"), left)
		VANDPS(left, same, part)
		VANDNPS(left, same, left)
		VMOVUPS(left, at("left"))
		VADDPS(at("dx"), part, part)
		VMOVUPS(part, at("dx"))
	})
}

// vectorLoop emits func name(n int, <pointers> *T[, scalar T]) with body once per vector.
func vectorLoop(t elem, name, pointers, scalar string, body func(s reg.VecVirtual, at func(string) Mem)) {
	sig := "n int, " + pointers + " *" + t.typ()
	if scalar != "" {
		sig += ", " + scalar + " " + t.typ()
	}
	start(name, sig, name+" works on n vectors.")
	n := param("n")
	base := map[string]reg.Register{}
	for _, p := range splitNames(pointers) {
		base[p] = param(p)
	}
	var s reg.VecVirtual
	if scalar != "" {
		addr, err := Param(scalar).Resolve()
		if err != nil {
			panic(err)
		}
		s = YMM()
		t.broadcast(addr.Addr, s)
	}
	off := GP64()
	XORQ(off, off)
	loop(n, func() {
		body(s, func(p string) Mem { return Mem{Base: base[p], Index: off, Scale: 1} })
		ADDQ(Imm(32), off)
	})
	end()
}
