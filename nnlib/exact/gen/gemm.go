package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tileShapes lists the tiles of gemm as rows x vectors: at least 8 chains hide the latency of 4 cycles, at most 12 accumulators fit.
var tileShapes = [][2]int{{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}, {1, 2}, {2, 2}, {3, 2}, {4, 2}, {5, 2}, {6, 2}, {1, 3}, {2, 3}, {3, 3}, {4, 3},
	{1, 4}, {2, 4}, {3, 4}, {1, 8}}

func gemm(t elem) {
	for _, s := range tileShapes {
		tile(t, s[0], s[1])
	}
}

// tile emits one tile of C: chains over k of fma(a[i,p], b[p,j], c), all strides in bytes. last is the distance from the first column
// to the last vector of columns: less than a full vector after the one before it when the tile is narrow, so that the two overlap
// and compute the same numbers twice rather than touch what is not theirs.
func tile(t elem, rows, vecs int) {
	start("tile"+t.name+"x"+itoa(rows)+"x"+itoa(vecs), "k int, a, b, c *"+t.typ()+", rowA, stepA, stepB, rowC, last, load int",
		"tile"+t.name+"x"+itoa(rows)+"x"+itoa(vecs)+" computes "+itoa(rows)+" rows of "+itoa(vecs)+" vectors of C.")
	k, a, b, c := param("k"), param("a"), param("b"), param("c")
	rowA, stepA, stepB, rowC, last := param("rowA"), param("stepA"), param("stepB"), param("rowC"), param("last")
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = ymms(vecs)
	}
	a3 := third(a, rowA, rows)
	cMem := tileRows(c, third(c, rowC, rows), rowC)
	cLast := GP64()
	LEAQ(Mem{Base: c, Index: last, Scale: 1}, cLast)
	lastMem := tileRows(cLast, third(cLast, rowC, rows), rowC)
	at := func(i, j int) Mem {
		if j == vecs-1 {
			return lastMem(i, 0)
		}
		return cMem(i, 32*j)
	}
	load := param("load")
	TESTQ(load, load)
	JZ(LabelRef("zero"))
	eachAcc(acc, func(i, j int) { t.load(at(i, j), acc[i][j]) })
	JMP(LabelRef("start"))
	Label("zero")
	eachAcc(acc, func(i, j int) { VXORPS(acc[i][j], acc[i][j], acc[i][j]) })
	Label("start")
	aMem := tileRows(a, a3, rowA)
	bMem := func(j int) Mem {
		if j == vecs-1 {
			return Mem{Base: b, Index: last, Scale: 1}
		}
		return Mem{Base: b, Disp: 32 * j}
	}
	step := func() {
		if vecs > 2 {
			wideStep(t, acc, aMem, bMem)
		} else {
			tallStep(t, acc, aMem, bMem)
		}
		ADDQ(stepA, a)
		if a3 != nil {
			ADDQ(stepA, a3)
		}
		ADDQ(stepB, b)
	}
	unrolled("", k, step)
	eachAcc(acc, func(i, j int) { t.load(acc[i][j], at(i, j)) })
	end()
}

// tallStep holds the vectors of B and takes one row of A at a time.
func tallStep(t elem, acc [][]reg.VecVirtual, aMem func(i, disp int) Mem, bMem func(j int) Mem) {
	bv := ymms(len(acc[0]))
	for j := range bv {
		t.load(bMem(j), bv[j])
	}
	for i := range acc {
		av := YMM()
		t.broadcast(aMem(i, 0), av)
		for j := range bv {
			t.fma(bv[j], av, acc[i][j])
		}
	}
}

// wideStep holds the rows of A and takes one vector of B at a time.
func wideStep(t elem, acc [][]reg.VecVirtual, aMem func(i, disp int) Mem, bMem func(j int) Mem) {
	av := ymms(len(acc))
	for i := range av {
		t.broadcast(aMem(i, 0), av[i])
	}
	for j := range acc[0] {
		bv := YMM()
		t.load(bMem(j), bv)
		for i := range acc {
			t.fma(bv, av[i], acc[i][j])
		}
	}
}

// third returns a register pointing at row 3, or nil when there are no more than 3 rows.
func third(base, stride reg.Register, rows int) reg.Register {
	if rows <= 3 {
		return nil
	}
	r := GP64()
	LEAQ(Mem{Base: base, Index: stride, Scale: 2}, r)
	ADDQ(stride, r)
	return r
}

// tileRows addresses row i of six by base + {0,1,2}·stride and third + {0,1,2}·stride.
func tileRows(base, third, stride reg.Register) func(i, disp int) Mem {
	return func(i, disp int) Mem {
		from := base
		if i >= 3 {
			from, i = third, i-3
		}
		if i == 0 {
			return Mem{Base: from, Disp: disp}
		}
		return Mem{Base: from, Index: stride, Scale: uint8(i), Disp: disp}
	}
}

func eachAcc(acc [][]reg.VecVirtual, f func(i, j int)) {
	for i := range acc {
		for j := range acc[i] {
			f(i, j)
		}
	}
}

// unrolled runs step k times, four to a turn.
func unrolled(label string, k reg.Register, step func()) {
	SUBQ(Imm(4), k)
	JL(LabelRef(label + "tail"))
	Label(label + "loop4")
	for range 4 {
		step()
	}
	SUBQ(Imm(4), k)
	JGE(LabelRef(label + "loop4"))
	Label(label + "tail")
	ADDQ(Imm(4), k)
	JZ(LabelRef(label + "done"))
	Label(label + "loop1")
	step()
	DECQ(k)
	JNZ(LabelRef(label + "loop1"))
	Label(label + "done")
}
