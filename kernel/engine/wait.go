package engine

import (
	"reflect"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"
)

func stackBytes() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// A selectCase is one case of a select of a cell. Values travel by pointer.
type selectCase struct {
	c  reflect.SelectCase
	to reflect.Value
	ok *bool
}

// SendCase is the case of sending *from to ch.
func SendCase(ch, from any) any {
	return &selectCase{c: reflect.SelectCase{Dir: reflect.SelectSend, Chan: reflect.ValueOf(ch), Send: reflect.ValueOf(from).Elem()}}
}

// RecvCase is the case of receiving from ch to *to.
func RecvCase(ch, to any, ok *bool) any {
	return &selectCase{c: reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(ch)}, to: reflect.ValueOf(to).Elem(), ok: ok}
}

// Default is the case that is taken when no other is ready.
func Default() any { return &selectCase{c: reflect.SelectCase{Dir: reflect.SelectDefault}} }

// Select chooses a case. Ready cases are tried in the order of the text, so that a
// run can be repeated as far as the scheduler allows.
func (rt *runtimeState) Select(cases ...any) int {
	list := make([]reflect.SelectCase, 0, len(cases)+1)
	def := -1
	for i, c := range cases {
		sc := c.(*selectCase)
		if sc.c.Dir == reflect.SelectDefault {
			def = i
			continue
		}
		if v, ok := trySelect(sc); ok {
			sc.take(v.value, v.ok)
			return i
		}
	}
	if def >= 0 {
		return def
	}
	for _, c := range cases {
		list = append(list, c.(*selectCase).c)
	}
	i, v, ok := rt.wait(list)
	cases[i].(*selectCase).take(v, ok)
	return i
}

type received struct {
	value reflect.Value
	ok    bool
}

// trySelect tries one case without waiting.
func trySelect(sc *selectCase) (received, bool) {
	i, v, ok := reflect.Select([]reflect.SelectCase{sc.c, {Dir: reflect.SelectDefault}})
	return received{v, ok}, i == 0
}

func (sc *selectCase) take(v reflect.Value, ok bool) {
	if sc.c.Dir != reflect.SelectRecv {
		return
	}
	sc.to.Set(v)
	*sc.ok = ok
}

// wait is reflect.Select that an interrupt ends, and the goroutine with it.
func (rt *runtimeState) wait(cases []reflect.SelectCase) (int, reflect.Value, bool) {
	r := rt.mine()
	stop := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.stopped)}
	i, v, ok := reflect.Select(append(cases, stop))
	if i == len(cases) {
		runtime.Goexit()
	}
	return i, v, ok
}

// Send sends *from to ch.
func (rt *runtimeState) Send(ch, from any) {
	c, v := reflect.ValueOf(ch), reflect.ValueOf(from).Elem()
	if !c.IsNil() && c.TrySend(v) {
		return
	}
	rt.wait([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: c, Send: v}})
}

// Recv receives from ch to *to.
func (rt *runtimeState) Recv(ch, to any) bool {
	c := reflect.ValueOf(ch)
	if !c.IsNil() {
		if v, ok := c.TryRecv(); v.IsValid() {
			reflect.ValueOf(to).Elem().Set(v)
			return ok
		}
	}
	_, v, ok := rt.wait([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: c}})
	reflect.ValueOf(to).Elem().Set(v)
	return ok
}

// until waits for done or for the stop of the cell, which ends the goroutine.
func (rt *runtimeState) until(done <-chan struct{}) {
	select {
	case <-done:
	case <-rt.mine().stopped:
		runtime.Goexit()
	}
}

// Sleep is time.Sleep that an interrupt ends.
func (rt *runtimeState) Sleep(d time.Duration) {
	if d <= 0 {
		runtime.Gosched()
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-rt.mine().stopped:
		runtime.Goexit()
	}
}

// AfterFunc is time.AfterFunc with a recover.
func (rt *runtimeState) AfterFunc(d time.Duration, f func()) *time.Timer {
	r := rt.mine()
	return time.AfterFunc(d, func() {
		rt.others.Add(1)
		leave := rt.enter(r)
		defer func() {
			leave()
			rt.others.Add(-1)
			if p := recover(); p != nil {
				rt.goroutinePanic(r, p)
			}
		}()
		f()
	})
}

// NumGoroutine counts the goroutines of cells, the running cell among them.
func (rt *runtimeState) NumGoroutine() int { return 1 + int(rt.others.Load()) }

// WaitGroupWait is wg.Wait that an interrupt ends.
func (rt *runtimeState) WaitGroupWait(wg *sync.WaitGroup) {
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	rt.until(done)
}

// WaitGroupGo is wg.Go with a recover.
func (rt *runtimeState) WaitGroupGo(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	rt.Go(func() {
		defer wg.Done()
		f()
	})
}

// MutexLock is mu.Lock that an interrupt ends.
func (rt *runtimeState) MutexLock(mu *sync.Mutex) { rt.lock(mu.TryLock, mu.Lock, mu.Unlock) }

// RWMutexLock is mu.Lock that an interrupt ends.
func (rt *runtimeState) RWMutexLock(mu *sync.RWMutex) { rt.lock(mu.TryLock, mu.Lock, mu.Unlock) }

// RWMutexRLock is mu.RLock that an interrupt ends.
func (rt *runtimeState) RWMutexRLock(mu *sync.RWMutex) { rt.lock(mu.TryRLock, mu.RLock, mu.RUnlock) }

func (rt *runtimeState) lock(try func() bool, lock, unlock func()) {
	if try() {
		return
	}
	got := make(chan struct{})
	given := make(chan struct{})
	go func() {
		lock()
		select {
		case got <- struct{}{}:
		case <-given: // nobody waits any more
			unlock()
		}
	}()
	select {
	case <-got:
	case <-rt.mine().stopped:
		close(given)
		runtime.Goexit()
	}
}

// CondWait is c.Wait that an interrupt ends. The lock is held again then, as deferred calls expect;
// whoever wakes the wait that goes on gives it back.
func (rt *runtimeState) CondWait(c *sync.Cond) {
	woken, left := make(chan struct{}), make(chan struct{})
	go func() {
		c.Wait()
		select {
		case woken <- struct{}{}:
		case <-left:
			c.L.Unlock()
		}
	}()
	select {
	case <-woken:
	case <-rt.mine().stopped:
		close(left)
		c.L.Lock()
		runtime.Goexit()
	}
}
