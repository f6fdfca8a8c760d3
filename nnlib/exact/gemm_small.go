package exact

import "unsafe"

// smallWork is the size below which setting a product up for blocks and threads costs more than it saves.
const smallWork = 1 << 15

// isOneTile reports that a single tile computes all of C.
func (kn *kernels[T]) isOneTile(m, n int, transB bool) bool {
	return kn.masked && m <= kn.rows && m >= len(kn.wide) && n <= 2*kn.width && !transB
}

// oneTile computes such a product: the way of the smallest, which take no longer than a few calls do.
func (kn *kernels[T]) oneTile(m, n, k int, a *T, rowA, stepA int, b *T, ldb int, c *T, ldc, load int) {
	size := int(unsafe.Sizeof(*a))
	vecs, last := 1, n
	if n > kn.width {
		vecs, last = 2, n-kn.width
	}
	kn.tile[m][vecs](k, a, b, c, rowA*size, stepA*size, ldb*size, ldc*size, 1<<last-1, load)
}

// isSmall reports that a product is best done at once where its matrices lie: little work, few columns, or so little of A that it is not packed.
func (kn *kernels[T]) isSmall(m, n, k int, transB bool) bool {
	work := m * n * k
	return !transB && work < parallelWork && (kn.masked || n >= kn.width) && (work <= smallWork || n <= 3*kn.width || k <= kn.depth && (m < packARows || n < packACols))
}

// small computes C tile by tile. The columns are cut into panels of two vectors and a last one of one to three, whose last vector
// overlaps the one before it or is masked, so that nothing is padded.
func (kn *kernels[T]) small(m, n, k int, a *T, rowA, stepA int, b *T, ldb int, c *T, ldc, load int) {
	size := int(unsafe.Sizeof(*a))
	rowA, stepA, ldb, ldc = rowA*size, stepA*size, ldb*size, ldc*size
	cut := cutRows(m, kn.rows)
	for j := 0; j < n; {
		cols, vecs := kn.smallPanel(n-j, m)
		if vecs == 3 {
			cut = cutRows(m, kn.rows3)
		}
		last := (cols - kn.width) * size
		if kn.masked {
			last = 1<<(cols-(vecs-1)*kn.width) - 1
		}
		pb, lo := at(b, j*size), 0
		for t := range cut.tiles {
			h := cut.rows(t)
			kn.tile[h][vecs](k, at(a, lo*rowA), pb, at(c, lo*ldc+j*size), rowA, stepA, ldb, ldc, last, load)
			lo += h
		}
		j += cols
	}
}

// smallPanel returns the columns and vectors of the next panel when left columns are left.
func (kn *kernels[T]) smallPanel(left, m int) (cols, vecs int) {
	w := kn.width
	if kn.masked && m < len(kn.wide) {
		for v := kn.wide[m]; v > 2; v /= 2 {
			if left > (v-1)*w {
				return min(left, v*w), v
			}
		}
	}
	switch {
	case left <= w:
		return left, 1
	case left <= 2*w:
		return left, 2
	case kn.rows3 > 0 && left <= 3*w:
		return left, 3
	}
	return 2 * w, 2
}

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
