package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pack emits the copies that lay panels of A and B out for the tiles.
func pack(t elem) {
	copyVectors(t)
	for _, rows := range []int{1, 2, 3, 4, 5, 6, 7, 8} {
		transpose(t, rows)
	}
}

// copyVectors copies n rows of count vectors; strides in bytes. Rows of dst may overlap: a later row overwrites.
func copyVectors(t elem) {
	for _, count := range []int{1, 2, 3, 4} {
		start("copy"+t.name+"x"+itoa(count), "n int, src *"+t.typ()+", ld int, dst *"+t.typ()+", step int",
			"copy"+t.name+"x"+itoa(count)+" copies n rows of "+itoa(count)+" vectors, in ascending order.")
		n, src, ld, dst, step := param("n"), param("src"), param("ld"), param("dst"), param("step")
		loop(n, func() {
			v := ymms(count)
			for i := range v {
				t.load(Mem{Base: src, Disp: 32 * i}, v[i])
			}
			for i := range v {
				t.load(v[i], Mem{Base: dst, Disp: 32 * i})
			}
			ADDQ(ld, src)
			ADDQ(step, dst)
		})
		end()
	}
}

// transpose turns rows rows of n vectors into columns: dst[p*step:] holds element p of each row, then junk up to 4 or 8
// elements, which the next column overwrites.
func transpose(t elem, rows int) {
	start("transpose"+t.name+"x"+itoa(rows), "n int, src *"+t.typ()+", ld int, dst *"+t.typ()+", step int",
		"transpose"+t.name+"x"+itoa(rows)+" writes the columns of "+itoa(rows)+" rows of n vectors.")
	n, src, ld, dst, step := param("n"), param("src"), param("ld"), param("dst"), param("step")
	src4 := GP64()
	LEAQ(Mem{Base: src, Index: ld, Scale: 4}, src4)
	ld3 := GP64()
	LEAQ(Mem{Base: ld, Index: ld, Scale: 2}, ld3)
	row := func(i int) Mem {
		base := src
		if i >= 4 {
			base, i = src4, i-4
		}
		switch i {
		case 0:
			return Mem{Base: base}
		case 3:
			return Mem{Base: base, Index: ld3, Scale: 1}
		}
		return Mem{Base: base, Index: ld, Scale: uint8(i)}
	}
	loop(n, func() {
		if t.name == "32" && rows <= 4 {
			out := transpose8(loadRows(t, rows, 8, row))
			for _, o := range out {
				VMOVUPS(o.AsX(), Mem{Base: dst})
				ADDQ(step, dst)
			}
		} else if t.name == "32" {
			out := transpose8(loadRows(t, rows, 8, row))
			for _, o := range out {
				VMOVUPS(o, Mem{Base: dst})
				ADDQ(step, dst)
			}
		} else {
			lo := transpose4(loadRows(t, min(rows, 4), 4, row))
			var hi []reg.VecVirtual
			if rows > 4 {
				hi = transpose4(loadRows(t, rows-4, 4, func(i int) Mem { return row(i + 4) }))
			}
			for i, o := range lo {
				VMOVUPD(o, Mem{Base: dst})
				if hi != nil {
					VMOVUPD(hi[i], Mem{Base: dst, Disp: 32})
				}
				ADDQ(step, dst)
			}
		}
		ADDQ(Imm(32), src)
		ADDQ(Imm(32), src4)
	})
	end()
}

// loadRows loads rows vectors and fills up to total with the first.
func loadRows(t elem, rows, total int, row func(int) Mem) []reg.VecVirtual {
	r := ymms(rows)
	for i := range r {
		t.load(row(i), r[i])
	}
	for len(r) < total {
		r = append(r, r[0])
	}
	return r
}

func transpose8(r []reg.VecVirtual) []reg.VecVirtual {
	t, u, out := ymms(8), ymms(8), ymms(8)
	for i := range 4 {
		VUNPCKLPS(r[2*i+1], r[2*i], t[2*i])
		VUNPCKHPS(r[2*i+1], r[2*i], t[2*i+1])
	}
	for b := 0; b < 8; b += 4 {
		VSHUFPS(Imm(0x44), t[b+2], t[b], u[b])
		VSHUFPS(Imm(0xee), t[b+2], t[b], u[b+1])
		VSHUFPS(Imm(0x44), t[b+3], t[b+1], u[b+2])
		VSHUFPS(Imm(0xee), t[b+3], t[b+1], u[b+3])
	}
	for i := range 4 {
		VPERM2F128(Imm(0x20), u[4+i], u[i], out[i])
		VPERM2F128(Imm(0x31), u[4+i], u[i], out[i+4])
	}
	return out
}

func transpose4(r []reg.VecVirtual) []reg.VecVirtual {
	t, out := ymms(4), ymms(4)
	VUNPCKLPD(r[1], r[0], t[0])
	VUNPCKHPD(r[1], r[0], t[1])
	VUNPCKLPD(r[3], r[2], t[2])
	VUNPCKHPD(r[3], r[2], t[3])
	VPERM2F128(Imm(0x20), t[2], t[0], out[0])
	VPERM2F128(Imm(0x20), t[3], t[1], out[1])
	VPERM2F128(Imm(0x31), t[2], t[0], out[2])
	VPERM2F128(Imm(0x31), t[3], t[1], out[3])
	return out
}
