package exact

import "unsafe"

// smallWork is the size below which setting a product up for blocks and threads costs more than it saves.
const smallWork = 1 << 15

// isSmall reports that a product is best done at once where its matrices lie: little work, or few columns.
func isSmall(m, n, k, width int, transB bool) bool {
	work := m * n * k
	return !transB && n >= width && (work <= smallWork || n <= 3*width && work < parallelWork)
}

// small computes C tile by tile. The columns are cut into panels of two vectors and a last one of one to three, whose last vector
// overlaps the one before it, so that nothing is padded.
func (kn *kernels[T]) small(m, n, k int, a *T, rowA, stepA int, b *T, ldb int, c *T, ldc, load int) {
	size := int(unsafe.Sizeof(*a))
	w := kn.width
	rowA, stepA, ldb, ldc = rowA*size, stepA*size, ldb*size, ldc*size
	for j := 0; j < n; {
		cols, vecs, rows := 2*w, 2, 6
		switch left := n - j; {
		case left <= w:
			cols, vecs = left, 1
		case left < 2*w:
			cols = left
		case left > 2*w && left <= 3*w:
			cols, vecs, rows = left, 3, 4
		}
		last := (cols - w) * size
		tiles := (m + rows - 1) / rows
		for i := range tiles {
			lo, hi := m*i/tiles, m*(i+1)/tiles
			kn.tile[hi-lo][vecs](k, at(a, lo*rowA), at(b, j*size), at(c, lo*ldc+j*size), rowA, stepA, ldb, ldc, last, load)
		}
		j += cols
	}
}

// at returns the address off bytes behind p.
func at[T float](p *T, off int) *T { return (*T)(unsafe.Add(unsafe.Pointer(p), off)) }
