package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemm512 emits the tiles for AVX-512: 32 registers hold 24 accumulators, and a mask takes care of the columns that do not fill the last
// vector. A last vector may be half of one.
func gemm512(t elem) {
	for rows := 1; rows <= 12; rows++ {
		for _, halves := range []int{1, 2, 3, 4, 8, 16} {
			if rows*halves <= 48 {
				tile512(t, rows, halves)
			}
		}
	}
}

// longChain is the k from which a tile lasts long enough to fetch the next one meanwhile.
const longChain = 64

// tile512 is tile with 64-byte vectors, for count tiles one below the other: nextA bytes lie between their rows of A. mask has a bit for
// each column of the last vector.
func tile512(t elem, rows, halves int) {
	name := "wide" + t.name + "x" + itoa(rows) + "x" + itoa(halves)
	vecs := (halves + 1) / 2
	start(name, "count, k int, a, b, c *"+t.typ()+", nextA, rowA, stepA, stepB, rowC, mask, load int",
		name+" computes tiles of "+itoa(rows)+" rows and "+itoa(halves)+" halves of a vector of C.")
	mask := K()
	KMOVW(param("mask").As32(), mask)
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = vectors512(halves)
	}
	count, firstA, firstC := param("count"), param("a"), param("c")
	Label("tile")
	rowC := param("rowC")
	load := param("load")
	TESTQ(load, load)
	JZ(LabelRef("zero"))
	at := everyThird(copyOf(firstC), rowC, rows)
	eachAcc(acc, func(i, j int) { t.loadMasked(at(i, 64*j), acc[i][j], mask, j == vecs-1) })
	JMP(LabelRef("start"))
	Label("zero")
	eachAcc(acc, func(i, j int) { VXORPS(acc[i][j].AsX(), acc[i][j].AsX(), acc[i][j].AsX()) })
	Label("start")
	k, b, stepA, stepB, rowA := param("k"), param("b"), param("stepA"), param("stepB"), param("rowA")
	fetchNext(k, load, firstC, rowC, rows, vecs)
	pointers := thirds(copyOf(firstA), rowA, rows)
	step := func(whole bool) func() {
		return func() {
			t.step512(acc, pointers, rowA, b, mask, whole)
			for _, p := range pointers {
				ADDQ(stepA, p)
			}
			ADDQ(stepB, b)
		}
	}
	if halves == 4 && rows > 6 { // a mask on a load costs 1 %
		ones := K()
		KXNORW(ones, ones, ones)
		if t.name == "64" {
			KSHIFTRW(Imm(8), ones, ones)
		}
		KXORW(mask, ones, ones)
		KORTESTW(ones, ones)
		JNZ(LabelRef("masked"))
		unrolled("whole", k, step(true))
		t.storeTile(acc, everyThird(copyOf(firstC), rowC, rows), nil)
		JMP(LabelRef("next"))
		Label("masked")
	}
	unrolled("", k, step(false))
	t.storeTile(acc, everyThird(copyOf(firstC), rowC, rows), mask)
	Label("next")
	ADDQ(param("nextA"), firstA)
	below := GP64()
	IMUL3Q(Imm(uint64(rows)), param("rowC"), below)
	ADDQ(below, firstC)
	DECQ(count)
	JNZ(LabelRef("tile"))
	end()
}

// storeTile writes the accumulators to C, of the last vectors what mask says, or all.
func (t elem) storeTile(acc [][]reg.VecVirtual, at func(i, disp int) Mem, mask reg.Register) {
	eachAcc(acc, func(i, j int) {
		if mask != nil && j == len(acc[i])-1 {
			t.load(acc[i][j], mask, at(i, 64*j))
		} else {
			t.load(acc[i][j], at(i, 64*j))
		}
	})
}

func copyOf(r reg.Register) reg.GPVirtual {
	c := GP64()
	MOVQ(r, c)
	return c
}

// vectors512 returns registers of 64 bytes, and a last one of half of it when halves is odd.
func vectors512(halves int) []reg.VecVirtual {
	v := zmms(halves / 2)
	if halves%2 == 1 {
		v = append(v, YMM())
	}
	return v
}

// fetchNext brings the tile below into the near cache while this one is computed, when it will be loaded: its rows lie far apart, which
// no machine foresees.
func fetchNext(k, load, c, rowC reg.Register, rows, vecs int) {
	TESTQ(load, load)
	JZ(LabelRef("fetched"))
	CMPQ(k, Imm(longChain))
	JL(LabelRef("fetched"))
	next := GP64()
	IMUL3Q(Imm(uint64(rows)), rowC, next)
	ADDQ(c, next)
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
		bv := likeThese(acc[0])
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
				if bv[j].Size() == 32 {
					t.fma(bv[j], av.AsY(), acc[i][j])
				} else {
					t.fma(bv[j], av, acc[i][j])
				}
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

// likeThese returns registers of the sizes of others.
func likeThese(others []reg.VecVirtual) (v []reg.VecVirtual) {
	for _, o := range others {
		if o.Size() == 32 {
			v = append(v, YMM())
		} else {
			v = append(v, ZMM())
		}
	}
	return v
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
