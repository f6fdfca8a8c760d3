package exact

import (
	"sync"
	"unsafe"
)

// Blocking of a matrix product, in elements. A panel of B (kernels.depth x two vectors) stays in the near caches while the rows of a block of A pass.
const (
	blockN       = 512
	blockM       = 96        // a multiple of the rows of every tile
	directBytes  = 512 << 10 // B is read where it is, unpacked, up to this size
	directRows   = 64        // and whatever its size for this many rows of A
	packARows    = 96        // A is packed when this many rows meet packACols columns
	packACols    = 128
	parallelWork = 3 << 18 // multiply-adds from which a second worker pays: what it wrote has to come out of its caches again
)

type float interface{ float32 | float64 }

// A kernels holds the assembly of one element type.
type kernels[T float] struct {
	width     int              // elements of a vector
	shift     int              // the binary logarithm of width
	rows      int              // most rows of a tile
	rows3     int              // most rows of a tile of three vectors, 0 if there is none
	depth     int              // most rows of B in a block
	wide      [9]int           // panel widths for few rows of A: vectors by rows, 0 for the usual two
	tile      [7][9]tile[T]    // by rows and vectors
	stack     [13][17]stack[T] // by rows and halves of a vector, where there are masks
	copyRow   [5]copier[T]     // by 32-byte pieces
	transpose [9]copier[T]     // by rows
	narrow    narrowTable[T]
}

// A tile computes a few rows and vectors of C; last is the distance of the last vector.
type tile[T float] func(k int, a, b, c *T, rowA, stepA, stepB, rowC, last, load int)

// A stack is count tiles one below the other, nextA bytes apart in A; mask has a bit for each column of the last vector.
type stack[T float] func(count, k int, a, b, c *T, nextA, rowA, stepA, stepB, rowC, mask, load int)

type copier[T float] func(n int, src *T, ld int, dst *T, step int)

// A product is one call of gemm with everything its pieces need.
type product[T float] struct {
	kernels      *kernels[T]
	m, n, k      int
	a, b, c      []T
	rowA, stepA  int // element distances in op(A)
	transB       bool
	ldb, ldc     int
	load         bool
	pieces       int
	splitColumns bool
	narrow       bool // few columns, whose vectors run down C
}

// run computes the product, on more than one worker when it is big enough; then it must lie on the heap, in one of shared.
func (p *product[T]) run(shared *sync.Pool) {
	p.pieces = p.split()
	if p.pieces == 1 {
		p.Piece(0)
		return
	}
	q, ok := shared.Get().(*product[T])
	if !ok {
		q = &product[T]{}
	}
	*q = *p
	workers.run(q, q.pieces)
	*q = product[T]{}
	shared.Put(q)
}

// split chooses the cut of C: columns in whole panels or rows in whole tiles, whichever there are more of.
func (p *product[T]) split() (pieces int) {
	if p.m*p.n*p.k < parallelWork {
		return 1
	}
	panels, tiles := p.n/(2*p.kernels.width), p.m/p.kernels.rows
	if p.narrow {
		panels, tiles = 0, p.m/p.kernels.narrow.most(p.n)
	}
	p.splitColumns = panels >= tiles
	return max(1, min(procsFor(p.m*p.n*p.k), max(panels, tiles)))
}

// piece computes part i of C.
func (p *product[T]) Piece(i int) {
	w := &lazyWorkspace[T]{}
	if p.narrow {
		unit := p.kernels.narrow.most(p.n)
		units := (p.m + unit - 1) / unit
		lo, hi := units*i/p.pieces*unit, min(units*(i+1)/p.pieces*unit, p.m)
		if lo += p.narrowRows(lo, hi); lo < hi {
			p.block(w, lo, hi, 0, p.n)
		}
	} else if p.splitColumns {
		unit := 2 * p.kernels.width
		units := (p.n + unit - 1) / unit
		lo, hi := units*i/p.pieces*unit, units*(i+1)/p.pieces*unit
		p.block(w, 0, p.m, lo, min(hi, p.n))
	} else {
		unit := p.kernels.rows
		units := (p.m + unit - 1) / unit
		lo, hi := units*i/p.pieces*unit, units*(i+1)/p.pieces*unit
		p.block(w, lo, min(hi, p.m), 0, p.n)
	}
	w.end()
}

// block computes rows i0..i1 and columns j0..j1 of C in blocks of k; the accumulators rest in C between them.
func (p *product[T]) block(w *lazyWorkspace[T], i0, i1, j0, j1 int) {
	size := int(unsafe.Sizeof(p.b[0]))
	packB := p.transB || i1-i0 > directRows && (j1-j0)*p.k*size > directBytes
	for jc := j0; jc < j1; jc += blockN {
		je := min(jc+blockN, j1)
		blocks := (p.k + p.kernels.depth - 1) / p.kernels.depth
		for q := range blocks { // of one size: a short last one would only load and store C
			pc, pe := p.k*q/blocks, p.k*(q+1)/blocks
			b := p.panelB(w, packB, pc, pe, jc, je)
			for ic := i0; ic < i1; ic += blockM {
				p.rows(w, b, ic, min(ic+blockM, i1))
			}
		}
	}
}

// A panelB is a block of B: rows p0..p1, columns j0..j1, in panels of two vectors when packed.
type panelB[T float] struct {
	data           []T
	packed         bool
	p0, p1, j0, j1 int
}

func (p *product[T]) panelB(w *lazyWorkspace[T], pack bool, p0, p1, j0, j1 int) panelB[T] {
	b := panelB[T]{packed: pack, p0: p0, p1: p1, j0: j0, j1: j1}
	if pack {
		b.data = p.packB(w, p0, p1, j0, j1)
	}
	return b
}

// rows multiplies rows i0..i1 of A with a block of B.
func (p *product[T]) rows(w *lazyWorkspace[T], b panelB[T], i0, i1 int) {
	tiles := cutRows(i1-i0, p.kernels.rows)
	a := p.packRows(w, b, i0, i1, tiles)
	for j := b.j0; j < b.j1; {
		n := p.kernels.panelWidth(i1-i0, b.j1-j, b.packed)
		p.column(w, b, a, i0, tiles, j, n)
		j += n
	}
}

// panelWidth returns how many of the columns left the next panel takes: few rows take wide panels, so that enough chains run side by
// side. The number is that of 8, 4, 2 or 1 vectors, the last one perhaps not whole.
func (kn *kernels[T]) panelWidth(rows, left int, packed bool) int {
	w := kn.width
	if !packed && rows < len(kn.wide) {
		for v := kn.wide[rows]; v > 2; v /= 2 {
			if left > (v-1)*w {
				return min(left, v*w)
			}
		}
	}
	return min(left, 2*w)
}

// column runs the tiles of one panel of n columns from column j.
func (p *product[T]) column(w *lazyWorkspace[T], b panelB[T], a []T, i0 int, tiles rowCut, j, n int) {
	k := b.p1 - b.p0
	width := p.kernels.width
	load := 0
	if p.load || b.p0 > 0 {
		load = 1
	}
	src, stepB := p.columnB(w, b, j, n)
	size := int(unsafe.Sizeof(*src))
	if p.kernels.masked() {
		pa, rowA := &p.a[i0*p.rowA+b.p0*p.stepA], p.rowA*size
		if a != nil {
			pa, rowA = &a[0], 0
		}
		p.kernels.stacks(tiles, k, n, pa, src, &p.c[i0*p.ldc+j], rowA, p.stepA*size, stepB*size, p.ldc*size, load)
		return
	}
	vecs := max(1, (n+width-1)/width)
	last := (n - width) * size
	at, lo := 0, i0
	for t := range tiles.tiles {
		h := tiles.rows(t)
		pa, rowA, stepA := p.tileA(a, at, lo, h, b.p0)
		at += h * k
		f := p.kernels.tile[h][vecs]
		if n < width {
			p.tileAside(w, f, k, pa, src, rowA, stepA, stepB*size, lo, h, j, n, load)
		} else {
			f(k, pa, src, &p.c[lo*p.ldc+j], rowA, stepA, stepB*size, p.ldc*size, last, load)
		}
		lo += h
	}
}

// columnB returns where the panel at column j begins and its row distance.
func (p *product[T]) columnB(w *lazyWorkspace[T], b panelB[T], j, n int) (src *T, step int) {
	width := p.kernels.width
	k := b.p1 - b.p0
	switch {
	case b.packed:
		return &b.data[(j-b.j0)*k], 2 * width
	case n < width && !p.kernels.masked():
		return p.padB(w, b, j, n), width
	}
	return &p.b[b.p0*p.ldb+j], p.ldb
}

// tileA returns where the rows of a tile begin and their distances in bytes.
func (p *product[T]) tileA(packed []T, at, row, h, p0 int) (a *T, rowA, stepA int) {
	size := int(unsafe.Sizeof(*a))
	if packed != nil {
		return &packed[at], size, h * size
	}
	return &p.a[row*p.rowA+p0*p.stepA], p.rowA * size, p.stepA * size
}

// tileAside computes a tile of less than a vector of columns in the workspace.
func (p *product[T]) tileAside(lazy *lazyWorkspace[T], f tile[T], k int, a, b *T, rowA, stepA, stepB, row, h, j, n, load int) {
	width := p.kernels.width
	size := int(unsafe.Sizeof(*a))
	w := lazy.get()
	if load == 1 {
		for i := range h {
			copy(w.c[i*width:][:n], p.c[(row+i)*p.ldc+j:][:n])
		}
	}
	f(k, a, b, &w.c[0], rowA, stepA, stepB, width*size, 0, load)
	for i := range h {
		copy(p.c[(row+i)*p.ldc+j:][:n], w.c[i*width:][:n])
	}
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
