package worker

import (
	"testing"
	"testing/synctest"
	"time"
)

// Memory is given back once for every pause, not while something runs, and not between cells that follow at once.
func TestRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := 0
		r := newRest(func() { released++ })
		expect := func(after time.Duration, want int, when string) {
			t.Helper()
			time.Sleep(after) // of the bubble's clock
			synctest.Wait()
			if released != want {
				t.Errorf("%s: given back %d times, want %d", when, released, want)
			}
		}
		expect(restAfter, 1, "after the start")
		r.begin()
		expect(10*restAfter, 1, "while a cell runs")
		for range 5 {
			r.end()
			expect(restAfter/2, 1, "between cells")
			r.begin()
		}
		expect(10*restAfter, 1, "while a cell runs that began in a pause")
		r.end()
		expect(restAfter, 2, "after the last cell")
		expect(100*restAfter, 2, "in a long pause")
	})
}
