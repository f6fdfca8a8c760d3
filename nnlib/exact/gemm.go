package exact

import (
	"fmt"
	"math"
)

// Gemm32 computes C (m x n) = op(A)·op(B), or adds to C when load is set: element (i, j) is the chain
// acc = fma(a[i,p], b[p,j], acc) for p = 0..k-1, starting from C[i,j] or 0. op transposes when its flag is set: then a is k x m, b is n x k.
// Matrices are row-major with leading dimensions lda, ldb, ldc. Neither the number of threads nor the blocking changes a bit.
func Gemm32(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	checkGemm(transA, transB, m, n, k, len(a), lda, len(b), ldb, len(c), ldc)
	if m == 0 || n == 0 {
		return
	}
	if k == 0 {
		clearRows(load, m, n, c, ldc)
		return
	}
	gemm32(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
}

// Gemm64 is Gemm32 for float64.
func Gemm64(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	checkGemm(transA, transB, m, n, k, len(a), lda, len(b), ldb, len(c), ldc)
	if m == 0 || n == 0 {
		return
	}
	if k == 0 {
		clearRows(load, m, n, c, ldc)
		return
	}
	gemm64(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
}

// clearRows gives the empty product: 0, or C as it is.
func clearRows[T float](load bool, m, n int, c []T, ldc int) {
	for i := 0; i < m && !load; i++ {
		clear(c[i*ldc:][:n])
	}
}

func checkGemm(transA, transB bool, m, n, k, lenA, lda, lenB, ldb, lenC, ldc int) {
	rowsA, colsA, rowsB, colsB := m, k, k, n
	if transA {
		rowsA, colsA = k, m
	}
	if transB {
		rowsB, colsB = n, k
	}
	// at once for all, and in no further call: a small product takes no longer than some
	if m > 0 && n > 0 && k > 0 && lda >= colsA && ldb >= colsB && ldc >= n && lenA >= (rowsA-1)*lda+colsA && lenB >= (rowsB-1)*ldb+colsB && lenC >= (m-1)*ldc+n {
		return
	}
	if m < 0 || n < 0 || k < 0 {
		panic(fmt.Errorf("exact: gemm wants sizes of at least 0, got m=%d n=%d k=%d", m, n, k))
	}
	checkMatrix("a", m, k, transA, lenA, lda)
	checkMatrix("b", k, n, transB, lenB, ldb)
	checkMatrix("c", m, n, false, lenC, ldc)
}

func checkMatrix(name string, rows, cols int, trans bool, length, ld int) {
	if trans {
		rows, cols = cols, rows
	}
	if rows == 0 || cols == 0 {
		return
	}
	if ld < cols || length < (rows-1)*ld+cols {
		panic(fmt.Errorf("exact: gemm wants %s to hold %d x %d with a leading dimension of at least %d, got %d elements and leading dimension %d",
			name, rows, cols, cols, length, ld))
	}
}

// gemm32Go is the portable path and the reference: rows of C accumulate over p.
func gemm32Go(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	rowA, stepA := strides(transA, lda)
	stepB, colB := strides(transB, ldb)
	for i := range m {
		ci := c[i*ldc:][:n]
		if !load {
			clear(ci)
		}
		for p := range k {
			chainRow32(ci, a[i*rowA+p*stepA], b[p*stepB:], colB)
		}
	}
}

// chainRow32 does c[j] = fma(x, b[j*stride], c[j]).
func chainRow32(c []float32, x float32, b []float32, stride int) {
	for j := range c {
		c[j] = FMA32(x, b[j*stride], c[j])
	}
}

func gemm64Go(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	rowA, stepA := strides(transA, lda)
	stepB, colB := strides(transB, ldb)
	for i := range m {
		ci := c[i*ldc:][:n]
		if !load {
			clear(ci)
		}
		for p := range k {
			chainRow64(ci, a[i*rowA+p*stepA], b[p*stepB:], colB)
		}
	}
}

func chainRow64(c []float64, x float64, b []float64, stride int) {
	for j := range c {
		c[j] = math.FMA(x, b[j*stride], c[j])
	}
}

// strides returns the element distance between rows and between columns of op(X).
func strides(trans bool, ld int) (row, col int) {
	if trans {
		return 1, ld
	}
	return ld, 1
}
