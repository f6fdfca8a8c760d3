package main

import (
	"strconv"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// An elem is an element type with the vector instructions of its width.
type elem struct {
	name                    string
	size, width             int // bytes of an element, elements of a YMM register
	load                    func(ops ...Op)
	broadcast               func(ops ...Op)
	add, sub, mul, div, fma func(ops ...Op)
	fmaBroadcast            func(ops ...Op)
	and, andn               func(ops ...Op)
}

var (
	f32 = elem{name: "32", size: 4, width: 8, load: VMOVUPS, broadcast: VBROADCASTSS, add: VADDPS, sub: VSUBPS, mul: VMULPS, div: VDIVPS, fma: VFMADD231PS, fmaBroadcast: VFMADD231PS_BCST,
		and: VANDPS, andn: VANDNPS}
	f64 = elem{name: "64", size: 8, width: 4, load: VMOVUPD, broadcast: VBROADCASTSD, add: VADDPD, sub: VSUBPD, mul: VMULPD, div: VDIVPD, fma: VFMADD231PD, fmaBroadcast: VFMADD231PD_BCST,
		and: VANDPD, andn: VANDNPD}
)

func (t elem) typ() string { return "float" + t.name }

// start opens a function that the escape analysis may trust with its pointers.
func start(name, signature, doc string) {
	TEXT(name, NOSPLIT, "func("+signature+")")
	Pragma("noescape")
	Doc(doc)
}

func param(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

func ymms(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = YMM()
	}
	return v
}

func end() {
	VZEROUPPER()
	RET()
}

func itoa(i int) string { return strconv.Itoa(i) }

func splitNames(s string) []string { return strings.Split(s, ", ") }

// loop counts n down by one per turn; n may be 0.
func loop(n reg.Register, body func()) {
	TESTQ(n, n)
	JZ(LabelRef("done"))
	Label("loop")
	body()
	DECQ(n)
	JNZ(LabelRef("loop"))
	Label("done")
}
