// Package iter is the generic part of the standard package iter, for cells.
package iter

import "iter"

func Pull[V any](seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	want, vals, over := make(chan bool), make(chan V), make(chan bool)
	done := false
	started := false
	start := func() {
		started = true
		go func() {
			defer close(over)
			if !<-want {
				return
			}
			seq(func(v V) bool {
				vals <- v
				return <-want
			})
		}()
	}
	next = func() (v V, ok bool) {
		if done {
			return v, false
		}
		if !started {
			start()
		}
		want <- true
		select {
		case v = <-vals:
			return v, true
		case <-over:
			done = true
			return v, false
		}
	}
	stop = func() {
		if done {
			return
		}
		done = true
		if started {
			want <- false
			<-over
		}
	}
	return next, stop
}

func Pull2[K, V any](seq iter.Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var key K
	one, stop := Pull(func(yield func(V) bool) {
		seq(func(k K, v V) bool {
			key = k
			return yield(v)
		})
	})
	next = func() (K, V, bool) {
		v, ok := one()
		if !ok {
			var none K
			return none, v, false
		}
		return key, v, true
	}
	return next, stop
}
