package exact

import "unsafe"

// smallWork is the size below which setting a product up for blocks and threads costs more than it saves.
const smallWork = 1 << 15

// isOneTile reports that a single tile computes all of C.
func (kn *kernels[T]) isOneTile(m, n int, transB bool) bool {
	return kn.masked() && m <= kn.rows && m >= len(kn.wide) && n <= 2*kn.width && !transB
}

// oneTile computes such a product: the way of the smallest, which take no longer than a few calls do.
func (kn *kernels[T]) oneTile(m, n, k int, a *T, rowA, stepA int, b *T, ldb int, c *T, ldc, load int) {
	size := int(unsafe.Sizeof(*a))
	halves, mask := kn.halves(n)
	kn.stack[m][halves](1, k, a, b, c, 0, rowA*size, stepA*size, ldb*size, ldc*size, mask, load)
}

// halves returns how many halves of vectors n columns take, at most four or an even number, and the mask of the last vector.
func (kn *kernels[T]) halves(n int) (halves, mask int) {
	halves = (2*n + kn.width - 1) >> kn.shift
	if halves > 4 {
		halves += halves & 1
	}
	return halves, 1<<(n-((halves+1)>>1-1)<<kn.shift) - 1
}

// isSmall reports that a product is best done at once where its matrices lie: little work, few columns, or so little of A that it is not packed.
func (kn *kernels[T]) isSmall(m, n, k int, transB bool) bool {
	work := m * n * k
	return !transB && work < parallelWork && (kn.masked() || n >= kn.width) && (work <= smallWork || n <= 3*kn.width || k <= kn.depth && (m < packARows || n < packACols))
}

// small computes C panel by panel: two vectors of columns each and a last one of one to three, whose last vector overlaps the one before it
// or is masked, so that nothing is padded.
func (kn *kernels[T]) small(m, n, k int, a *T, rowA, stepA int, b *T, ldb int, c *T, ldc, load int) {
	size := int(unsafe.Sizeof(*a))
	rowA, stepA, ldb, ldc = rowA*size, stepA*size, ldb*size, ldc*size
	cut := cutRows(m, kn.rows)
	for j := 0; j < n; {
		pb, pc, cols := at(b, j*size), at(c, j*size), n-j
		if kn.masked() {
			cols = kn.panelWidth(m, cols, false)
			kn.stacks(cut, k, cols, a, pb, pc, rowA, stepA, ldb, ldc, load)
		} else {
			if cols > 3*kn.width {
				cols = 2 * kn.width
			}
			kn.smallTiles(m, k, cols, a, pb, pc, rowA, stepA, ldb, ldc, load)
		}
		j += cols
	}
}

// smallTiles runs the tiles of a panel one by one.
func (kn *kernels[T]) smallTiles(m, k, cols int, a, b, c *T, rowA, stepA, ldb, ldc, load int) {
	vecs := (cols + kn.width - 1) / kn.width
	cut := cutRows(m, kn.rows)
	if vecs == 3 {
		cut = cutRows(m, kn.rows3)
	}
	last := (cols - kn.width) * int(unsafe.Sizeof(*a))
	lo := 0
	for t := range cut.tiles {
		h := cut.rows(t)
		kn.tile[h][vecs](k, at(a, lo*rowA), b, at(c, lo*ldc), rowA, stepA, ldb, ldc, last, load)
		lo += h
	}
}

// stacks runs the tiles of a panel of n columns, those of one height in one call. rowA is 0 when A is packed, tile after tile.
func (kn *kernels[T]) stacks(cut rowCut, k, n int, a, b, c *T, rowA, stepA, stepB, rowC, load int) {
	halves, mask := kn.halves(n)
	h, count := cut.base+1, cut.extra
	fromA, fromC := 0, 0
	for range 2 {
		row, step, next := rowA, stepA, h*rowA
		if rowA == 0 {
			row = int(unsafe.Sizeof(*a))
			step, next = h*row, h*row*k
		}
		if count > 0 {
			kn.stack[h][halves](count, k, at(a, fromA), b, at(c, fromC), next, row, step, stepB, rowC, mask, load)
		}
		fromA, fromC = fromA+count*next, fromC+count*h*rowC
		h, count = cut.base, cut.tiles-cut.extra
	}
}

// masked reports that the tiles stand in stacks and take a mask for the last vector; else they take its distance.
func (kn *kernels[T]) masked() bool { return kn.stack[1][1] != nil }

// A rowCut cuts rows into tiles as even as can be, 32 as 6+6+5+5+5+5.
type rowCut struct{ tiles, base, extra int }

func cutRows(n, most int) rowCut {
	switch { // a division takes as long as a small tile
	case n <= most:
		return rowCut{1, n, 0}
	case n <= 2*most:
		return rowCut{2, n >> 1, n & 1}
	}
	tiles := uint32(n+most-1) / uint32(most)
	return rowCut{int(tiles), int(uint32(n) / tiles), int(uint32(n) % tiles)}
}

// rows returns the height of tile t.
func (c rowCut) rows(t int) int {
	if t < c.extra {
		return c.base + 1
	}
	return c.base
}

// at returns the address off bytes behind p.
func at[T float](p *T, off int) *T { return (*T)(unsafe.Add(unsafe.Pointer(p), off)) }
