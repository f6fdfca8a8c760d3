package main

import "reprise/nnlib/exact"

// The products of small and large networks: forward, weight gradients (transposed A), input gradients (transposed B), squares.
var products = []struct {
	name    string
	m, n, k int
	ta, tb  bool
}{
	{"10³", 10, 10, 10, false, false}, {"32³", 32, 32, 32, false, false}, {"64³", 64, 64, 64, false, false}, {"128³", 128, 128, 128, false, false},
	{"256³", 256, 256, 256, false, false}, {"512³", 512, 512, 512, false, false}, {"1024³", 1024, 1024, 1024, false, false},
	{"forward 32x128x784", 32, 128, 784, false, false}, {"forward 32x10x128", 32, 10, 128, false, false},
	{"forward 128x128x784", 128, 128, 784, false, false}, {"forward 128x10x128", 128, 10, 128, false, false},
	{"lstm step 32x256x64", 32, 256, 64, false, false}, {"dW 784x128x32 (Aᵀ)", 784, 128, 32, true, false},
	{"dX 32x784x128 (Bᵀ)", 32, 784, 128, false, true}, {"dW lstm 64x256x32 (Aᵀ)", 64, 256, 32, true, false},
	{"dX lstm 32x64x256 (Bᵀ)", 32, 64, 256, false, true}, {"dense 32x512x512", 32, 512, 512, false, false},
	{"batch 1: 1x128x784", 1, 128, 784, false, false}, {"512³ Bᵀ", 512, 512, 512, false, true}, {"512³ Aᵀ", 512, 512, 512, true, false},
	{"1024³ Aᵀ", 1024, 1024, 1024, true, false},
}

func gemmTable(blas *peer) {
	const room = 1100 * 1100
	a, b, c := make([]float32, room), make([]float32, room), make([]float32, room)
	a8, b8, c8 := make([]float64, room), make([]float64, room), make([]float64, room)
	for i := range a {
		a[i], b[i] = float32(i*37%101)/101, float32(i*53%97)/97
		a8[i], b8[i] = float64(a[i]), float64(b[i])
	}
	line("%-26s %9s %9s %6s %6s | %9s %9s %6s %6s", "product (GF/s)", "float32", "OpenBLAS", "ratio", "best", "float64", "OpenBLAS", "ratio", "best")
	for _, p := range products {
		if !wanted(p.name) {
			continue
		}
		flops := 2 * float64(p.m) * float64(p.n) * float64(p.k)
		lda, ldb := p.k, p.n
		if p.ta {
			lda = p.m
		}
		if p.tb {
			ldb = p.k
		}
		theirs := func(bits int) func(int) float64 {
			return func(calls int) float64 {
				return blas.ask("%d %d %d %d %d %d %d %d", bits, flag01(p.ta), flag01(p.tb), p.m, p.n, p.k, *threads, calls)
			}
		}
		x := compare(func() { exact.Gemm32(p.ta, p.tb, p.m, p.n, p.k, a, lda, b, ldb, c, p.n, false) }, theirs(32))
		y := compare(func() { exact.Gemm64(p.ta, p.tb, p.m, p.n, p.k, a8, lda, b8, ldb, c8, p.n, false) }, theirs(64))
		line("%-26s %9.1f %9.1f %6.2f %6.2f | %9.1f %9.1f %6.2f %6.2f", p.name, flops/x.mine, flops/x.peer, x.ratio, x.best, flops/y.mine, flops/y.peer, y.ratio, y.best)
	}
}

func flag01(b bool) int {
	if b {
		return 1
	}
	return 0
}
