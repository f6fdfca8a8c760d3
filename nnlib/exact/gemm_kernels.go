//go:build amd64 || arm64

package exact

import "sync"

var products32, products64 sync.Pool

func gemm32(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	if !tiles {
		gemm32Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	if isSmall(m, n, k, shortKernels32.width, transB) {
		start := 0
		if load {
			start = 1
		}
		shortKernels32.small(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, start)
		return
	}
	p, ok := products32.Get().(*product[float32])
	if !ok {
		p = &product[float32]{}
	}
	*p = product[float32]{kernels: use32(n), m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.run()
	p.a, p.b, p.c = nil, nil, nil
	products32.Put(p)
}

func gemm64(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	if !tiles {
		gemm64Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	if isSmall(m, n, k, shortKernels64.width, transB) {
		start := 0
		if load {
			start = 1
		}
		shortKernels64.small(m, n, k, &a[0], rowA, stepA, &b[0], ldb, &c[0], ldc, start)
		return
	}
	p, ok := products64.Get().(*product[float64])
	if !ok {
		p = &product[float64]{}
	}
	*p = product[float64]{kernels: use64(n), m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.run()
	p.a, p.b, p.c = nil, nil, nil
	products64.Put(p)
}
