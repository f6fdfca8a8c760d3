package exact

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type countingTask struct{ done []atomic.Int32 }

func (c *countingTask) Piece(i int) { c.done[i].Add(1) }

// Every piece runs once, also when many callers want the pool at a time.
func TestPoolRunsEachPieceOnce(t *testing.T) {
	old := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(old)
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for n := range 300 {
				c := &countingTask{done: make([]atomic.Int32, n)}
				workers.run(c, n)
				for i := range c.done {
					if got := c.done[i].Load(); got != 1 {
						t.Errorf("piece %d of %d ran %d times", i, n, got)
					}
				}
			}
		})
	}
	callers.Wait()
}

// An idle program keeps no worker.
func TestPoolEndsWhenIdle(t *testing.T) {
	old := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(old)
	p := &pool{}
	p.run(&countingTask{done: make([]atomic.Int32, 64)}, 64)
	if p.alive.Load() == 0 {
		t.Fatal("no worker was started")
	}
	deadline := time.Now().Add(20 * time.Second)
	for p.alive.Load() > 0 {
		if time.Now().After(deadline) {
			t.Fatalf("%d workers are left", p.alive.Load())
		}
		runtime.Gosched()
	}
}
