//go:build !amd64 && !arm64

package exact

func gemm32(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, load bool) {
	gemm32Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
}

func gemm64(transA, transB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, load bool) {
	gemm64Go(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, load)
}
