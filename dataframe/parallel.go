package dataframe

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// smallWork is the number of cells below which goroutines cost more than they save.
const smallWork = 1 << 15

// inParallel calls f(0) ... f(parts-1), each of about size cells of work, spread
// over the processors. The parts must not depend on each other, so the result is
// the same for any number of processors. A panic of a part is passed on; of
// several, that of the lowest part.
func inParallel(parts, size int, f func(part int)) {
	workers := min(runtime.GOMAXPROCS(0), parts)
	if workers < 2 || parts*size < smallWork {
		for p := range parts {
			f(p)
		}
		return
	}
	panics := make([]any, parts)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for p := int(next.Add(1)) - 1; p < parts; p = int(next.Add(1)) - 1 {
				panics[p] = caught(f, p)
			}
		})
	}
	wait.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
}

func caught(f func(int), part int) (problem any) {
	defer func() { problem = recover() }()
	f(part)
	return nil
}

// blocks cuts n rows into ranges of the given size, the last one shorter; work
// by block is the same for any number of processors.
func blocks(n, size int) (count int, bounds func(block int) (from, to int)) {
	return (n + size - 1) / size, func(b int) (int, int) { return b * size, min(n, (b+1)*size) }
}
