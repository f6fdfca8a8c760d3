//go:build oracle

package kernel_test

import (
	"runtime"
	"testing"

	"reprise/kernel"
)

// Cells leave no goroutines behind, and in the kernel no memory. The worker's
// interpreter keeps the tree of every cell that it ran, some 18 KB for the
// smallest; what the heap takes from the system for that is at most twice as much.
func TestCellsOfTheProgramLeaveNothing(t *testing.T) {
	const cells, perCell = 10_000, 40 << 10
	p := launch(t)
	f := p.Frontend(t)
	for range 1000 { // caches and heaps have their size
		value(t, f, "1 + 1")
	}
	worker := number(t, f, "os.Getpid()")
	sizes := func() (inKernel, inWorker int64) {
		inWorker = kernel.MemoryOf(worker)
		return kernel.MemoryOf(p.Process.Process.Pid) - inWorker, inWorker
	}
	goroutines := number(t, f, "runtime.NumGoroutine()")
	kernelBefore, workerBefore := sizes()
	for range cells {
		value(t, f, "1 + 1")
	}
	if now := number(t, f, "runtime.NumGoroutine()"); now > goroutines {
		t.Errorf("the worker has %d goroutines after %d cells; had %d", now, cells, goroutines)
	}
	kernelAfter, workerAfter := sizes()
	t.Logf("%d cells: kernel %d to %d MB, worker %d to %d MB", cells, kernelBefore>>20, kernelAfter>>20, workerBefore>>20, workerAfter>>20)
	if runtime.GOOS == "linux" && (kernelBefore <= 0 || workerBefore <= 0) {
		t.Error("no memory was measured")
	}
	if grown := kernelAfter - kernelBefore; grown > 32<<20 {
		t.Errorf("the kernel grew by %d MB", grown>>20)
	}
	if grown := workerAfter - workerBefore; grown > cells*perCell {
		t.Errorf("the worker grew by %d MB", grown>>20)
	}
}
