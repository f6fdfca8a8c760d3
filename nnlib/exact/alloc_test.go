package exact

import "testing"

// Nothing allocates once the buffers are there.
func TestNoAllocations(t *testing.T) {
	if raceDetector {
		t.Skip("with the race detector sync.Pool forgets on purpose")
	}
	const n = 200
	x, y, z, row := make([]float32, n*n), make([]float32, n*n), make([]float32, n*n), make([]float32, n)
	x8, y8, z8 := widen(x), widen(y), widen(z)
	ids, at := make([]int, n), make([]int, n)
	conv := ConvShape{Batch: 2, Height: 10, Width: 10, Channels: 2, KernelH: 3, KernelW: 3, OutH: 8, OutW: 8}
	calls := map[string]func(){
		"AddRow32":      func() { AddRow32(x, n, n, row) },
		"Adam32":        func() { Adam32(x, y, z, z, AdamParams{}) },
		"ArgAxis32":     func() { ArgAxis32(at, x[:2*n*5], 2, n, 5, ArgMax32) },
		"ColSum32":      func() { ColSum32(row, n, n, x, n, false) },
		"Conv2D32":      func() { Conv2D32(y[:128*3], x[:400], z[:54], 3, conv, z[:128*18], false) },
		"Col2Im32":      func() { Col2Im32(x[:400], z[:128*18], conv) },
		"Gather32":      func() { Gather32(y, x, n, ids) },
		"GemmBatch32":   func() { GemmBatch32(20, false, false, 40, 40, 40, x, 40, 100, y, 40, 100, z, 40, 1600, false) },
		"GemmStrided32": func() { GemmStrided32(90, 90, 90, x, 2, 200, y, 1, 100, z, 2, 200, true) },
		"LogSoftmax32":  func() { LogSoftmax32(y, x, n, n, n) },
		"LogSumExp32":   func() { LogSumExp32(row, x, n, n, n) },
		"Momentum32":    func() { Momentum32(x, y, z, 0.1, 0.9, true) },
		"PowTo":         func() { PowTo(y[:n], x[:n], z[:n]) },
		"ReduceAxis32":  func() { ReduceAxis32(row[:10], x[:2*n*5], 2, n, 5, Var32) },
		"ReduceAxis64":  func() { ReduceAxis64(z8[:10], x8[:2*n*5], 2, n, 5, Var64) },
		"ScatterAdd32":  func() { ScatterAdd32(x, n, ids, y) },
		"Softmax32":     func() { Softmax32(y, x, n, n, n) },
		"Sum32": func() {
			Sum32(x)
			Sum64(x8)
			Sum32To64(x)
			Dot32To64(x, y)
			Dot64(x8, y8)
			Var32(x)
			Norm32(x)
		},
	}
	for name, f := range functions32 {
		calls[name] = func() { f.slices(y, x); f.slices(x[:13], x[:13]) }
	}
	for _, size := range []int{10, 60, n} { // at once, in blocks, on workers
		for trans := range 4 {
			ta, tb := trans&1 == 1, trans&2 == 2
			calls["Gemm32 "+string(rune('0'+trans))+" of "+string(rune('0'+size/10))] = func() {
				Gemm32(ta, tb, size, size, size, x, n, y, n, z, n, false)
				Gemm64(ta, tb, size, size, size, x8, n, y8, n, z8, n, true)
			}
		}
	}
	for name, f := range calls {
		f()
		if got := testing.AllocsPerRun(10, f); got >= 1 {
			t.Errorf("%s: %v allocations per call, want 0 once the buffers are there", name, got)
		}
	}
}
