package exact

import (
	"fmt"
	"testing"
)

// For profiles; the comparison with other libraries is testdata/bench.sh.
func BenchmarkGemm32(b *testing.B) {
	for _, s := range []shape{{m: 10, n: 10, k: 10}, {m: 32, n: 32, k: 32}, {m: 32, n: 10, k: 128}, {m: 32, n: 128, k: 784}, {m: 512, n: 512, k: 512}} {
		x, y, z := make([]float32, s.m*s.k), make([]float32, s.k*s.n), make([]float32, s.m*s.n)
		b.Run(fmt.Sprintf("%dx%dx%d", s.m, s.n, s.k), func(b *testing.B) {
			for b.Loop() {
				Gemm32(false, false, s.m, s.n, s.k, x, s.k, y, s.n, z, s.n, false)
			}
			b.ReportMetric(2*float64(s.m*s.n*s.k)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GF/s")
		})
	}
}
