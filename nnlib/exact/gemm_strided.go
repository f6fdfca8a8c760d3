package exact

import "fmt"

// GemmStrided32 is Gemm32 for matrices with any distances between rows and between columns, in elements: A is m x k, B k x n, C m x n, and
// element (i, j) of A is a[i*rowA+j*colA]. Matrices with a distance of 1 are used where they lie; others are copied first. The elements of C
// must not share a place. The bits are those of Gemm32.
func GemmStrided32(m, n, k int, a []float32, rowA, colA int, b []float32, rowB, colB int, c []float32, rowC, colC int, load bool) {
	gemmStrided(Gemm32, view[float32]{"a", m, k, rowA, colA, a}, view[float32]{"b", k, n, rowB, colB, b}, view[float32]{"c", m, n, rowC, colC, c}, load)
}

// GemmStrided64 is GemmStrided32 for float64.
func GemmStrided64(m, n, k int, a []float64, rowA, colA int, b []float64, rowB, colB int, c []float64, rowC, colC int, load bool) {
	gemmStrided(Gemm64, view[float64]{"a", m, k, rowA, colA, a}, view[float64]{"b", k, n, rowB, colB, b}, view[float64]{"c", m, n, rowC, colC, c}, load)
}

// A view is a matrix with any strides.
type view[T float] struct {
	name             string
	rows, cols       int
	rowStep, colStep int
	data             []T
}

func gemmStrided[T float](gemm func(transA, transB bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int, load bool), a, b, c view[T], load bool) {
	a.check()
	b.check()
	c.check()
	if c.colStep != 1 && c.rowStep == 1 { // the transposed product has the same chains
		a, b, c = b.transposed(), a.transposed(), c.transposed()
	}
	var wa, wb, wc lazyWorkspace[T]
	defer wa.end()
	defer wb.end()
	defer wc.end()
	transA, lda := a.dense(&wa)
	transB, ldb := b.dense(&wb)
	out, ldc := c.data, c.rowStep
	if c.colStep != 1 || ldc < c.cols {
		out, ldc = wc.numbers(c.rows*c.cols), c.cols
		c.copyTo(out)
	}
	gemm(transA, transB, c.rows, c.cols, a.cols, a.data, lda, b.data, ldb, out, ldc, load)
	if c.colStep != 1 || c.rowStep < c.cols {
		c.copyFrom(out)
	}
}

func (v view[T]) check() {
	if v.rows < 0 || v.cols < 0 || v.rowStep < 0 || v.colStep < 0 || v.rows > 0 && v.cols > 0 && len(v.data) <= (v.rows-1)*v.rowStep+(v.cols-1)*v.colStep {
		panic(fmt.Errorf("exact: gemm wants %s to hold %d x %d with steps of %d and %d, got %d elements", v.name, v.rows, v.cols, v.rowStep, v.colStep, len(v.data)))
	}
}

func (v view[T]) transposed() view[T] {
	return view[T]{v.name, v.cols, v.rows, v.colStep, v.rowStep, v.data}
}

// dense makes rows or columns contiguous, in w where they are not, and returns how Gemm reads them.
func (v *view[T]) dense(w *lazyWorkspace[T]) (trans bool, ld int) {
	switch {
	case v.colStep == 1 && v.rowStep >= v.cols:
		return false, v.rowStep
	case v.rowStep == 1 && v.colStep >= v.rows:
		return true, v.colStep
	}
	into := w.numbers(v.rows * v.cols)
	v.copyTo(into)
	v.data = into
	return false, v.cols
}

func (v view[T]) copyTo(dst []T) {
	for i := range v.rows {
		for j := range v.cols {
			dst[i*v.cols+j] = v.data[i*v.rowStep+j*v.colStep]
		}
	}
}

func (v view[T]) copyFrom(src []T) {
	for i := range v.rows {
		for j := range v.cols {
			v.data[i*v.rowStep+j*v.colStep] = src[i*v.cols+j]
		}
	}
}
