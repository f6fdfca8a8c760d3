//go:build amd64 || arm64

package exact

import "sync"

func gemm32(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	if !tiles {
		gemm32Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	kn := use32()
	if kn.isOneTile(m, n, transB) {
		kn.oneTile(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, oneIf(load))
		return
	}
	few := kn.narrowColumns(m, n, k)
	if few == 0 && kn.isSmall(m, n, k, transB) {
		kn.small(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, oneIf(load))
		return
	}
	p := product[float32]{kernels: kn, m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.runNarrow(few, &products32)
}

func gemm64(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	if !tiles {
		gemm64Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	kn := use64()
	if kn.isOneTile(m, n, transB) {
		kn.oneTile(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, oneIf(load))
		return
	}
	few := kn.narrowColumns(m, n, k)
	if few == 0 && kn.isSmall(m, n, k, transB) {
		kn.small(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, oneIf(load))
		return
	}
	p := product[float64]{kernels: kn, m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.runNarrow(few, &products64)
}

var products32, products64 sync.Pool
