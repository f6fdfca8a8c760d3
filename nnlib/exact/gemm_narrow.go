package exact

import (
	"sync"
	"unsafe"
)

// A narrowKernel computes few columns of count times as many rows as it holds at a time. A lies row by row, distA bytes apart, or column by
// column.
type narrowKernel[T float] func(count, k int, a, b, c *T, distA, stepB, colB, rowC, load int)

// A narrowTable holds them by columns, for one vector of rows (32 bytes) and for several.
type narrowTable[T float] struct {
	columns       int // the most, 0 if there are none
	one, several  [5]narrowKernel[T]
	down, downAll [5]narrowKernel[T] // A lies column by column
	vectors       [5]int             // of several
}

// leastNarrow is the k from which they pay.
const leastNarrow = 12

// lanes returns the rows of a vector.
func (t *narrowTable[T]) lanes() int {
	var zero T
	return 32 / int(unsafe.Sizeof(zero))
}

// most returns the rows that are computed at a time.
func (t *narrowTable[T]) most(columns int) int { return t.lanes() * t.vectors[columns] }

// narrowColumns returns how many of the last columns are computed with vectors that run down C: those that would leave most of a vector
// of 64 or of 32 bytes empty.
func (kn *kernels[T]) narrowColumns(m, n, k int) int {
	most := kn.narrow.columns
	if most == 0 || m < kn.narrow.lanes() || k < leastNarrow {
		return 0
	}
	if n <= most {
		return n
	}
	rest := n % kn.width
	if most == 4 && rest > kn.width/2 {
		rest -= kn.width/2 - 1 // half a vector costs more than half
	}
	if !kn.masked() || n >= 4*kn.width || rest > most || m < 2*kn.narrow.lanes() {
		return 0
	}
	return n % (kn.width / 2)
}

// runNarrow computes the last few columns so, and the others as usual.
func (p *product[T]) runNarrow(few int, shared *sync.Pool) {
	if few > 0 {
		q := *p
		q.narrow, q.n, q.c = true, few, p.c[p.n-few:]
		if p.transB {
			q.b = p.b[(p.n-few)*p.ldb:]
		} else {
			q.b = p.b[p.n-few:]
		}
		q.run(shared)
		p.n -= few
	}
	switch {
	case p.n == 0:
	case few > 0 && p.kernels.isSmall(p.m, p.n, p.k, p.transB):
		p.kernels.small(p.m, p.n, p.k, &p.a[0], p.rowA, p.stepA, &p.b[0], p.ldb, &p.c[0], p.ldc, oneIf(p.load))
	default:
		p.run(shared)
	}
}

// narrowRows computes rows i0..i1 of C as far as they fill vectors, and returns how many those are.
func (p *product[T]) narrowRows(i0, i1 int) (done int) {
	t := &p.kernels.narrow
	size := int(unsafe.Sizeof(p.a[0]))
	dist, stepB, colB := p.rowA, p.ldb, 1
	if p.transB {
		stepB, colB = 1, p.ldb
	}
	several, one := t.several[p.n], t.one[p.n]
	if p.rowA == 1 && p.stepA > 1 {
		dist, several, one = p.stepA, t.downAll[p.n], t.down[p.n]
	}
	load := oneIf(p.load)
	for _, f := range []struct {
		rows   int
		kernel narrowKernel[T]
	}{{t.most(p.n), several}, {t.lanes(), one}} {
		if count := (i1 - i0 - done) / f.rows; count > 0 {
			f.kernel(count, p.k, &p.a[(i0+done)*p.rowA], &p.b[0], &p.c[(i0+done)*p.ldc], dist*size, stepB*size, colB*size, p.ldc*size, load)
			done += count * f.rows
		}
	}
	return done
}
