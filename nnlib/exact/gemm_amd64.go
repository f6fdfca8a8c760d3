package exact

import "sync"

var kernels32 = kernels[float32]{
	width: 8,
	tile: [7][9]tile[float32]{
		1: {1: tile32x1x1, 2: tile32x1x2, 4: tile32x1x4, 8: tile32x1x8},
		2: {1: tile32x2x1, 2: tile32x2x2, 4: tile32x2x4},
		3: {1: tile32x3x1, 2: tile32x3x2, 4: tile32x3x4},
		4: {1: tile32x4x1, 2: tile32x4x2},
		5: {1: tile32x5x1, 2: tile32x5x2},
		6: {1: tile32x6x1, 2: tile32x6x2},
	},
	copyRow:   [3]copier[float32]{1: copy32x1, 2: copy32x2},
	transpose: [9]copier[float32]{4: transpose32x4, 5: transpose32x5, 6: transpose32x6, 8: transpose32x8},
}

var kernels64 = kernels[float64]{
	width: 4,
	tile: [7][9]tile[float64]{
		1: {1: tile64x1x1, 2: tile64x1x2, 4: tile64x1x4, 8: tile64x1x8},
		2: {1: tile64x2x1, 2: tile64x2x2, 4: tile64x2x4},
		3: {1: tile64x3x1, 2: tile64x3x2, 4: tile64x3x4},
		4: {1: tile64x4x1, 2: tile64x4x2},
		5: {1: tile64x5x1, 2: tile64x5x2},
		6: {1: tile64x6x1, 2: tile64x6x2},
	},
	copyRow:   [3]copier[float64]{1: copy64x1, 2: copy64x2},
	transpose: [9]copier[float64]{4: transpose64x4, 5: transpose64x5, 6: transpose64x6},
}

var products32, products64 sync.Pool

func gemm32(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	if !vectors {
		gemm32Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	p, ok := products32.Get().(*product[float32])
	if !ok {
		p = &product[float32]{}
	}
	*p = product[float32]{kernels: &kernels32, m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.run()
	p.a, p.b, p.c = nil, nil, nil
	products32.Put(p)
}

func gemm64(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	if !vectors {
		gemm64Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
		return
	}
	rowA, stepA := strides(transA, lda)
	p, ok := products64.Get().(*product[float64])
	if !ok {
		p = &product[float64]{}
	}
	*p = product[float64]{kernels: &kernels64, m: m, n: n, k: k, a: a, b: b, c: c, rowA: rowA, stepA: stepA, transB: transB, ldb: ldb, ldc: ldc, load: load}
	p.run()
	p.a, p.b, p.c = nil, nil, nil
	products64.Put(p)
}
