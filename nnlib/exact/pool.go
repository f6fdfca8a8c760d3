package exact

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// The pool's workers spin for some 150 µs after a job, which bridges what a training step does between its products: waking a parked one
// costs as much as a small product. Then they park, and end when nothing came for idleLimit.
const (
	spins     = 1 << 17
	idleLimit = 200 * time.Millisecond
)

var workers pool

// A pool runs one task at a time. ticket holds the number of the job above and the pieces not yet taken below, so that a worker that
// wakes late can never take a piece of a job it did not see: the caller waits for every piece taken.
type pool struct {
	busy   sync.Mutex
	job    Task
	ticket atomic.Uint64 // job<<32 | pieces left
	done   atomic.Int64
	alive  atomic.Int64
	parked atomic.Int64
	wake   chan struct{}
	once   sync.Once
}

// run calls t.Piece(0..n-1), some on other workers. When the pool is taken, all of them run here. The last piece always runs here: what it
// wrote, the last piece of the next Task finds in the caches of this core.
func (p *pool) run(t Task, n int) {
	helpers := min(n, runtime.GOMAXPROCS(0)) - 1
	if helpers <= 0 || !p.busy.TryLock() {
		for i := range n {
			t.Piece(i)
		}
		return
	}
	defer p.busy.Unlock()
	p.job = t
	p.done.Store(0)
	p.ticket.Store((p.ticket.Load()>>32+1)<<32 | uint64(n-1))
	p.call(helpers)
	t.Piece(n - 1)
	p.done.Add(1)
	for p.take() {
	}
	for spun := 0; p.done.Load() != int64(n); spun++ {
		if spun > spins {
			runtime.Gosched()
		}
	}
	p.job = nil
}

// call wakes or starts workers until helpers are about. It never waits.
func (p *pool) call(helpers int) {
	p.once.Do(func() { p.wake = make(chan struct{}, 1024) })
	for range min(p.parked.Load(), int64(helpers)) {
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}
	for p.alive.Load() < int64(helpers) {
		p.alive.Add(1)
		go p.work()
	}
}

// take runs one piece if there is one left.
func (p *pool) take() bool {
	for {
		t := p.ticket.Load()
		left := uint32(t)
		if left == 0 {
			return false
		}
		if p.ticket.CompareAndSwap(t, t-1) {
			p.job.Piece(int(left) - 1)
			p.done.Add(1)
			return true
		}
	}
}

func (p *pool) work() {
	defer p.alive.Add(-1)
	idle := time.NewTimer(idleLimit)
	defer idle.Stop()
	for {
		for spun := 0; spun < spins; spun++ {
			if p.take() {
				spun = 0
			}
		}
		idle.Reset(idleLimit)
		p.parked.Add(1)
		select {
		case <-p.wake:
			p.parked.Add(-1)
		case <-idle.C:
			p.parked.Add(-1)
			return
		}
	}
}
