package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemm512 emits the tiles for AVX-512: 32 registers hold 24 accumulators, and a mask takes care of the columns that do not fill the last
// vector.
func gemm512(t elem) {
	for rows := 1; rows <= 12; rows++ {
		for _, vecs := range []int{1, 2, 4, 8} {
			if rows*vecs <= 24 {
				tile512(t, rows, vecs)
			}
		}
	}
}

// longChain is the k from which a tile lasts long enough to fetch the next one meanwhile.
const longChain = 64

// tile512 is tile with 64-byte vectors. mask has a bit for each column of the last vector.
func tile512(t elem, rows, vecs int) {
	name := "wide" + t.name + "x" + itoa(rows) + "x" + itoa(vecs)
	start(name, "k int, a, b, c *"+t.typ()+", rowA, stepA, stepB, rowC, mask, load int",
		name+" computes "+itoa(rows)+" rows of "+itoa(vecs)+" vectors of 64 bytes of C.")
	mask := K()
	KMOVW(param("mask").As32(), mask)
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = zmms(vecs)
	}
	rowC := param("rowC")
	load := param("load")
	TESTQ(load, load)
	JZ(LabelRef("zero"))
	at := everyThird(param("c"), rowC, rows)
	eachAcc(acc, func(i, j int) { t.loadMasked(at(i, 64*j), acc[i][j], mask, j == vecs-1) })
	JMP(LabelRef("start"))
	Label("zero")
	eachAcc(acc, func(i, j int) { VPXORD(acc[i][j], acc[i][j], acc[i][j]) })
	Label("start")
	k, b, stepA, stepB, rowA := param("k"), param("b"), param("stepA"), param("stepB"), param("rowA")
	fetchNext(k, load, rowC, rows, vecs)
	pointers := thirds(param("a"), rowA, rows)
	step := func(whole bool) func() {
		return func() {
			t.step512(acc, pointers, rowA, b, mask, whole)
			for _, p := range pointers {
				ADDQ(stepA, p)
			}
			ADDQ(stepB, b)
		}
	}
	if vecs == 2 && rows > 6 { // a mask on a load costs 1 %
		ones := K()
		KXNORW(ones, ones, ones)
		if t.name == "64" {
			KSHIFTRW(Imm(8), ones, ones)
		}
		KXORW(mask, ones, ones)
		KORTESTW(ones, ones)
		JNZ(LabelRef("masked"))
		unrolled("whole", k, step(true))
		JMP(LabelRef("store"))
		Label("masked")
	}
	unrolled("", k, step(false))
	Label("store")
	out := everyThird(param("c"), rowC, rows)
	eachAcc(acc, func(i, j int) {
		if j == vecs-1 {
			t.load(acc[i][j], mask, out(i, 64*j))
		} else {
			t.load(acc[i][j], out(i, 64*j))
		}
	})
	end()
}

// fetchNext brings the tile below into the near cache while this one is computed, when it will be loaded: its rows lie far apart, which
// no machine foresees.
func fetchNext(k, load, rowC reg.Register, rows, vecs int) {
	TESTQ(load, load)
	JZ(LabelRef("fetched"))
	CMPQ(k, Imm(longChain))
	JL(LabelRef("fetched"))
	next, below := param("c"), GP64()
	IMUL3Q(Imm(uint64(rows)), rowC, below)
	ADDQ(below, next)
	at := everyThird(next, rowC, rows)
	for i := range rows {
		for j := range vecs {
			PREFETCHT0(at(i, 64*j))
		}
	}
	Label("fetched")
}

// step512 adds one k to all accumulators: vectors of B stay, rows of A pass, or the other way when there are more vectors than rows.
func (t elem) step512(acc [][]reg.VecVirtual, a []reg.GPVirtual, rowA, b, mask reg.Register, whole bool) {
	rows, vecs := len(acc), len(acc[0])
	from := func(i int) Mem { return rowOf(a, rowA, i, 0) }
	if vecs <= 2 {
		bv := zmms(vecs)
		for j := range bv {
			t.loadMasked(Mem{Base: b, Disp: 64 * j}, bv[j], mask, !whole && j == vecs-1)
		}
		for i := range rows {
			if vecs == 1 { // the number of A goes straight into the multiplication
				t.fmaBroadcast(from(i), bv[0], acc[i][0])
				continue
			}
			av := ZMM()
			t.broadcast(from(i), av)
			for j := range bv {
				t.fma(bv[j], av, acc[i][j])
			}
		}
		return
	}
	av := zmms(rows)
	for i := range av {
		t.broadcast(from(i), av[i])
	}
	for j := range vecs {
		bv := ZMM()
		t.loadMasked(Mem{Base: b, Disp: 64 * j}, bv, mask, !whole && j == vecs-1)
		for i := range av {
			t.fma(bv, av[i], acc[i][j])
		}
	}
}

// loadMasked loads a vector, with zeros where a last one ends.
func (t elem) loadMasked(m Mem, v reg.VecVirtual, mask reg.Register, last bool) {
	switch {
	case !last:
		t.load(m, v)
	case t.name == "32":
		VMOVUPS_Z(m, mask, v)
	default:
		VMOVUPD_Z(m, mask, v)
	}
}

// thirds returns registers pointing at rows 0, 3, 6 and 9.
func thirds(base reg.GPVirtual, stride reg.Register, rows int) []reg.GPVirtual {
	p := []reg.GPVirtual{base}
	for r := 3; r < rows; r += 3 {
		next := GP64()
		LEAQ(Mem{Base: p[len(p)-1], Index: stride, Scale: 2}, next)
		ADDQ(stride, next)
		p = append(p, next)
	}
	return p
}

func rowOf(p []reg.GPVirtual, stride reg.Register, i, disp int) Mem {
	if i%3 == 0 {
		return Mem{Base: p[i/3], Disp: disp}
	}
	return Mem{Base: p[i/3], Index: stride, Scale: uint8(i % 3), Disp: disp}
}

func everyThird(base reg.GPVirtual, stride reg.Register, rows int) func(i, disp int) Mem {
	p := thirds(base, stride, rows)
	return func(i, disp int) Mem { return rowOf(p, stride, i, disp) }
}

func zmms(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = ZMM()
	}
	return v
}
