package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A body computes 8 lanes of float32 in float64. unsure is a mask of lanes in doubt whatever their bits, or nil; odd is a mask of VFPCLASSPS of
// results that are.
type body struct {
	odd   uint8
	lanes func(x reg.VecVirtual) (r reg.VecVirtual, unsure reg.Register)
}

// The classes of VFPCLASSPS.
const (
	aNaN       = 0x81
	aZero      = 0x06
	anInfinity = 0x18
	subnormal  = 0x20
	negative   = 0x40
	minusZero  = 0x04
)

// functions512 emits the functions that have no kernel in pairs of that width for AVX-512, by short polynomials around 16 points that VPERMT2PD looks up. A float64 is good to
// about 2^-37, and in doubt near a midpoint or where the float32 is subnormal; that the zones are wide enough is known from all 2^32 arguments
// (testdata/exhaustive.sh). prepare loads the constants before the loop.
func functions512() {
	function512("tanh512", tanh512)
	function512("expm1512", expm1512)
	function512("log512", log512)
	function512("log1p512", log1p512)
	functionWithin("softplus512", 2*zone512, softplus512)
	function512("erf512", erf512)
	function512("sin512", func() body { return sin512("sin", sin16, cos16) })
	function512("cos512", func() body { return sin512("cos", cos16, minusSin16()) })
}

// zone512 is half the width of the zone of doubt in units of the last bit of a float64, 2^-36 of a power of two. Where it is wider, a shorter
// polynomial repays the doubts.
const zone512 = 1 << 16

func function512(name string, prepare func() body) { functionWithin(name, zone512, prepare) }

func functionWithin(name string, width uint64, prepare func() body) {
	start(name, "n int, x, y *float32, doubt *uint8", name+" works on n vectors of 8.")
	n, x, y, doubt := param("n"), param("x"), param("y"), param("doubt")
	shift, zone := wordConst(^(1<<28-width)+1), wordConst(1<<29-2*width)
	f := prepare()
	loop(n, func() {
		in := YMM()
		VMOVUPS(Mem{Base: x}, in)
		r, unsure := f.lanes(in)
		near, k, odd, out := ZMM(), K(), K(), YMM()
		VPADDQ(shift, r, near)
		VPTESTNMQ(zone, near, k)
		VCVTPD2PS(r, out)
		VMOVUPS(out, Mem{Base: y})
		if f.odd != 0 {
			VFPCLASSPSY(Imm(uint64(f.odd)), out, odd)
			KORB(odd, k, k)
		}
		if unsure != nil {
			KORB(unsure, k, k)
		}
		KMOVB(k, Mem{Base: doubt})
		ADDQ(Imm(32), x)
		ADDQ(Imm(32), y)
		INCQ(doubt)
	})
	end()
}
