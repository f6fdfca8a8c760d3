package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// cells emits the loops that recurrent layers spend their time in besides products and functions.
func cells(t elem) {
	vectorLoop(t, "sigmoidGrad"+t.name+"v", "dst, y, dy", "one", func(one reg.VecVirtual, at func(string) Mem) {
		y, v := YMM(), YMM()
		t.load(at("y"), y)
		t.sub(y, one, v)
		t.mul(v, y, v)
		t.mul(at("dy"), v, v)
		t.load(v, at("dst"))
	})
	vectorLoop(t, "tanhGrad"+t.name+"v", "dst, y, dy", "one", func(one reg.VecVirtual, at func(string) Mem) {
		v := YMM()
		t.load(at("y"), v)
		t.mul(v, v, v)
		t.sub(v, one, v)
		t.mul(at("dy"), v, v)
		t.load(v, at("dst"))
	})
	vectorLoop(t, "addProducts"+t.name+"v", "dst, a, b, c, d", "", func(_ reg.VecVirtual, at func(string) Mem) {
		v, w := YMM(), YMM()
		t.load(at("a"), v)
		t.mul(at("b"), v, v)
		t.load(at("c"), w)
		t.mul(at("d"), w, w)
		t.add(w, v, v)
		t.load(v, at("dst"))
	})
}
