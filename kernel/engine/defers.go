package engine

import "sync"

// Defers are the deferred calls of one call of a cell's function, and the panic that runs them.
type Defers struct {
	calls     []deferredCall
	panicking bool
	value     any
}

type deferredCall struct {
	f func()
	// mayRecover: the function that is called is not known, or is known to call recover.
	mayRecover bool
}

// NewDefers begins a function that defers.
func NewDefers() *Defers { return &Defers{} }

// Defer puts off a call to the end of the function.
func Defer(d *Defers, f func(), mayRecover bool) {
	d.calls = append(d.calls, deferredCall{f, mayRecover})
}

// Protect runs the body of a function that defers, and then what it has deferred: after a return,
// a panic or an end of the goroutine.
func (rt *runtimeState) Protect(d *Defers, body func()) {
	done := false
	defer func() {
		if v := recover(); !done && v != nil {
			d.panicking, d.value = true, v
		}
		rt.unwind(d)
		if d.panicking {
			panic(d.value)
		}
	}()
	body()
	done = true
}

// unwind runs the deferred calls, the last one first. A panic of one takes the place of an
// earlier one, and is met by the calls that remain.
func (rt *runtimeState) unwind(d *Defers) {
	for n := len(d.calls); n > 0; n = len(d.calls) {
		c := d.calls[n-1]
		d.calls = d.calls[:n-1]
		rt.callDeferred(d, c)
	}
}

func (rt *runtimeState) callDeferred(d *Defers, c deferredCall) {
	done := false
	defer func() {
		if done {
			return
		}
		if v := recover(); v != nil {
			d.panicking, d.value = true, v
			return
		}
		d.panicking = false // Goexit ends a panic
		rt.unwind(d)
	}()
	if c.mayRecover {
		id := label()
		rt.tokens.Store(id, d)
		defer rt.tokens.Delete(id)
	}
	c.f()
	done = true
}

// tokens hold, by goroutine, the panic that the function which is about to be entered may recover.
type tokens struct{ sync.Map }

// Deferred is called on entry by a function that calls recover. It returns the panic that led to
// its call, if it was deferred.
func (rt *runtimeState) Deferred() *Defers {
	d, ok := rt.tokens.LoadAndDelete(label())
	if !ok {
		return nil
	}
	return d.(*Defers)
}

// Recover ends the panic and returns its value; nil when there is none.
func Recover(d *Defers) any {
	if d == nil || !d.panicking {
		return nil
	}
	v := d.value
	d.panicking, d.value = false, nil
	return Recovered(v)
}

// Panic is the predeclared function.
func Panic(v any) { panic(v) }
