package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// narrow emits the kernels for few columns: their vectors run down the rows of C, a group of a vector's rows after the other. Four groups, or
// two, run side by side, and one where so many rows are not left.
func narrow(t elem) {
	groups := [][2]int{{1, 1}, {1, 4}, {2, 1}, {2, 4}, {3, 1}, {3, 2}, {4, 1}, {4, 2}}
	if t.size == 8 {
		groups = groups[:4]
	}
	for _, g := range groups {
		narrowKernel{t, g[0], g[1], false}.emit()
		narrowKernel{t, g[0], g[1], true}.emit()
	}
}

// A narrowKernel computes cols columns of groups groups of rows. down says that A lies column by column.
type narrowKernel struct {
	elem
	cols, groups int
	down         bool
}

func (n narrowKernel) emit() {
	name := "narrow"
	if n.down {
		name = "narrowDown"
	}
	name += n.name + "x" + itoa(n.cols) + "x" + itoa(n.groups)
	start(name, "count, k int, a, b, c *"+n.typ()+", distA, stepB, colB, rowC, load int",
		name+" computes "+itoa(n.cols)+" columns of count times "+itoa(n.groups*n.width)+" rows of C.")
	acc := make([][]reg.VecVirtual, n.groups)
	for g := range acc {
		acc[g] = ymms(n.cols)
	}
	Label("rows")
	load := param("load")
	TESTQ(load, load)
	JZ(LabelRef("zero"))
	c := n.eachGroup(param("c"), param("rowC"))
	eachAcc(acc, func(g, j int) { n.gather(func(i int) Mem { return c(g, i, j*n.size) }, acc[g][j]) })
	JMP(LabelRef("start"))
	Label("zero")
	eachAcc(acc, func(g, j int) { VXORPS(acc[g][j], acc[g][j], acc[g][j]) })
	Label("start")
	if n.down {
		n.chainsDown(acc)
	} else {
		n.chains(acc)
	}
	out := n.eachGroup(param("c"), param("rowC"))
	eachAcc(acc, func(g, j int) { n.scatter(acc[g][j], func(i int) Mem { return out(g, i, j*n.size) }) })
	n.advance("c", "rowC")
	if n.down {
		ADDQ(Imm(uint64(32*n.groups)), slot("a"))
	} else {
		n.advance("a", "distA")
	}
	DECQ(slot("count"))
	JNZ(LabelRef("rows"))
	end()
}

// chains reads blocks of A, as many k as an XMM register holds, and turns them by 90 degrees.
func (n narrowKernel) chains(acc [][]reg.VecVirtual) {
	block := n.width / 2
	k, ld, stepB := param("k"), param("distA"), param("stepB")
	bases := n.groupBases(param("a"), ld)
	rows := n.rowsOf(ld)
	b := n.columns(param("b"))
	stepB3 := GP64()
	if block == 4 {
		LEAQ(Mem{Base: stepB, Index: stepB, Scale: 2}, stepB3)
	}
	from := func(p, j int) Mem {
		switch p {
		case 0:
			return Mem{Base: b[j]}
		case 3:
			return Mem{Base: b[j], Index: stepB3, Scale: 1}
		}
		return Mem{Base: b[j], Index: stepB, Scale: uint8(p)}
	}
	hold := block*n.cols <= 4 // the numbers of B stay in registers for all groups
	SUBQ(Imm(uint64(block)), k)
	JL(LabelRef("tail"))
	Label("block")
	held := make([][]reg.VecVirtual, block)
	for p := range held {
		held[p] = ymms(n.cols)
		for j := 0; j < n.cols && hold; j++ {
			n.broadcast(from(p, j), held[p][j])
		}
	}
	for g, base := range bases {
		n.turned(func(i int) Mem { return rows(base, i, 0) }, func(p int, v reg.VecVirtual) {
			for j := range n.cols {
				x := held[p][j]
				if !hold {
					x = YMM()
					n.broadcast(from(p, j), x)
				}
				n.fma(x, v, acc[g][j])
			}
		})
		ADDQ(Imm(16), base)
	}
	for _, p := range b {
		LEAQ(Mem{Base: p, Index: stepB, Scale: uint8(block)}, p)
	}
	SUBQ(Imm(uint64(block)), k)
	JGE(LabelRef("block"))
	Label("tail")
	ADDQ(Imm(uint64(block)), k)
	JZ(LabelRef("done"))
	Label("one")
	for g, base := range bases {
		v := YMM()
		n.gather(func(i int) Mem { return rows(base, i, 0) }, v)
		for j := range n.cols {
			x := YMM()
			n.broadcast(from(0, j), x)
			n.fma(x, v, acc[g][j])
		}
		ADDQ(Imm(uint64(n.size)), base)
	}
	for _, p := range b {
		ADDQ(stepB, p)
	}
	DECQ(k)
	JNZ(LabelRef("one"))
	Label("done")
}

// chainsDown finds the rows of a group side by side.
func (n narrowKernel) chainsDown(acc [][]reg.VecVirtual) {
	k, a, stepA, stepB := param("k"), param("a"), param("distA"), param("stepB")
	b := n.columns(param("b"))
	unrolled("", k, func() {
		x := ymms(n.cols)
		for j := range x {
			n.broadcast(Mem{Base: b[j]}, x[j])
			ADDQ(stepB, b[j])
		}
		for g := range acc {
			v := YMM()
			n.load(Mem{Base: a, Disp: 32 * g}, v)
			for j := range x {
				n.fma(x[j], v, acc[g][j])
			}
		}
		ADDQ(stepA, a)
	})
}

// turned loads 16 bytes of each row of a group and gives them to use column by column.
func (n narrowKernel) turned(row func(i int) Mem, use func(p int, v reg.VecVirtual)) {
	half := n.width / 2
	r := ymms(half)
	for i := range r {
		VBROADCASTF128(row(i), r[i])
		VINSERTF128(Imm(1), row(i+half), r[i], r[i])
	}
	low, high := r[:1], r[1:]
	if half == 4 {
		low, high = ymms(2), ymms(2)
		for i := range 2 {
			VUNPCKLPS(r[2*i+1], r[2*i], []reg.VecVirtual{low[0], high[0]}[i])
			VUNPCKHPS(r[2*i+1], r[2*i], []reg.VecVirtual{low[1], high[1]}[i])
		}
	}
	for i := range low {
		v := YMM()
		VUNPCKLPD(high[i], low[i], v)
		use(2*i, v)
		v = YMM()
		VUNPCKHPD(high[i], low[i], v)
		use(2*i+1, v)
	}
}

// gather loads a number of each row of a group.
func (n narrowKernel) gather(row func(i int) Mem, v reg.VecVirtual) {
	high := XMM()
	VXORPS(v, v, v) // tells avo that nothing of it is read
	for part, x := range []reg.Register{v.AsX(), high} {
		at := func(i int) Mem { return row(part*n.width/2 + i) }
		if n.size == 8 {
			VMOVSD(at(0), x)
			VMOVHPD(at(1), x, x)
			continue
		}
		VMOVSS(at(0), x)
		for i := 1; i < 4; i++ {
			VINSERTPS(Imm(uint64(i<<4)), at(i), x, x)
		}
	}
	VINSERTF128(Imm(1), high, v, v)
}

// scatter stores a number to each row of a group.
func (n narrowKernel) scatter(v reg.VecVirtual, row func(i int) Mem) {
	high := XMM()
	VEXTRACTF128(Imm(1), v, high)
	for part, x := range []reg.Register{v.AsX(), high} {
		at := func(i int) Mem { return row(part*n.width/2 + i) }
		if n.size == 8 {
			VMOVSD(x, at(0))
			VMOVHPD(x, at(1))
			continue
		}
		VMOVSS(x, at(0))
		for i := 1; i < 4; i++ {
			VEXTRACTPS(Imm(uint64(i)), x, at(i))
		}
	}
}

// columns returns pointers to the columns of B.
func (n narrowKernel) columns(b reg.GPVirtual) []reg.GPVirtual {
	p := []reg.GPVirtual{b}
	if n.cols > 1 {
		colB := param("colB")
		for len(p) < n.cols {
			next := GP64()
			LEAQ(Mem{Base: p[len(p)-1], Index: colB, Scale: 1}, next)
			p = append(p, next)
		}
	}
	return p
}

// eachGroup addresses row i of group g of a matrix.
func (n narrowKernel) eachGroup(base reg.GPVirtual, ld reg.GPVirtual) func(g, i, disp int) Mem {
	bases, rows := n.groupBases(base, ld), n.rowsOf(ld)
	return func(g, i, disp int) Mem { return rows(bases[g], i, disp) }
}

// groupBases returns pointers to the first row of each group.
func (n narrowKernel) groupBases(base, ld reg.GPVirtual) []reg.GPVirtual {
	p := []reg.GPVirtual{base}
	for len(p) < n.groups {
		next := GP64()
		LEAQ(Mem{Base: p[len(p)-1], Index: ld, Scale: uint8(n.width)}, next)
		p = append(p, next)
	}
	return p
}

// rowsOf addresses row i of a group by multiples of the distance of rows.
func (n narrowKernel) rowsOf(ld reg.GPVirtual) func(base reg.GPVirtual, i, disp int) Mem {
	ld3, ld5, ld7 := GP64(), GP64(), GP64()
	LEAQ(Mem{Base: ld, Index: ld, Scale: 2}, ld3)
	if n.width == 8 {
		LEAQ(Mem{Base: ld, Index: ld, Scale: 4}, ld5)
		LEAQ(Mem{Base: ld3, Index: ld, Scale: 4}, ld7)
	}
	return func(base reg.GPVirtual, i, disp int) Mem {
		switch i {
		case 0:
			return Mem{Base: base, Disp: disp}
		case 3:
			return Mem{Base: base, Index: ld3, Scale: 1, Disp: disp}
		case 5:
			return Mem{Base: base, Index: ld5, Scale: 1, Disp: disp}
		case 6:
			return Mem{Base: base, Index: ld3, Scale: 2, Disp: disp}
		case 7:
			return Mem{Base: base, Index: ld7, Scale: 1, Disp: disp}
		}
		return Mem{Base: base, Index: ld, Scale: uint8(i), Disp: disp}
	}
}

// advance moves a pointer past the rows of all groups.
func (n narrowKernel) advance(pointer, ld string) {
	by := param(ld)
	IMUL3Q(Imm(uint64(n.groups*n.width)), by, by)
	ADDQ(by, slot(pointer))
}

// slot is a parameter where it lies, in the caller's frame.
func slot(name string) Mem {
	basic, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return basic.Addr
}
