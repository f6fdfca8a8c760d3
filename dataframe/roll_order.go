package dataframe

import (
	"math"
	"math/bits"
)

// rollExtreme keeps the rows that may still become the extreme, best first: every
// row enters and leaves once. keeps(a, b) says that a beats or equals b.
func (w *Window) rollExtreme(x []float64, keeps func(a, b float64) bool) []float64 {
	out := make([]float64, len(x))
	var queue []int
	n, from, to := 0, 0, 0
	for i := range x {
		start, end := w.bounds(i)
		for ; to < end; to++ {
			if x[to] != x[to] {
				continue
			}
			n++
			for len(queue) > 0 && keeps(x[to], x[queue[len(queue)-1]]) {
				queue = queue[:len(queue)-1]
			}
			queue = append(queue, to)
		}
		for ; from < start; from++ {
			if x[from] == x[from] {
				n--
			}
		}
		for len(queue) > 0 && queue[0] < start {
			queue = queue[1:]
		}
		out[i] = math.NaN()
		if n >= w.periods && n > 0 {
			out[i] = x[queue[0]]
		}
	}
	return out
}

// rollRanked counts the window's values by their rank in the whole column, in a
// tree of partial sums, so that a step costs log n for a window of any length. f is
// given the window's n values in order.
func (w *Window) rollRanked(x []float64, f func(nth func(k int) float64, n int) float64) []float64 {
	order := argsort(newCells(x), false, false)
	rank := make([]int, len(x))
	for place, row := range order {
		rank[row] = place
	}
	tree := newRankTree(len(x))
	nth := func(k int) float64 { return x[order[tree.find(k)]] }
	out := make([]float64, len(x))
	n, from, to := 0, 0, 0
	for i := range x {
		start, end := w.bounds(i)
		for ; to < end; to++ {
			if x[to] == x[to] {
				tree.add(rank[to], 1)
				n++
			}
		}
		for ; from < start; from++ {
			if x[from] == x[from] {
				tree.add(rank[from], -1)
				n--
			}
		}
		out[i] = math.NaN()
		if n >= w.periods && n > 0 {
			out[i] = f(nth, n)
		}
	}
	return out
}

// windowQuantile interpolates as pandas does in windows: from the lower value.
func windowQuantile(nth func(k int) float64, n int, q float64) float64 {
	place := float64(q * float64(n-1))
	k := int(place)
	low := nth(k)
	part := place - float64(k)
	if part == 0 {
		return low
	}
	high := nth(k + 1)
	if high == low {
		return low
	}
	return low + float64((high-low)*part)
}

// A rankTree is a Fenwick tree: counts that can be changed and summed in log n.
type rankTree []int32

func newRankTree(n int) rankTree { return make(rankTree, n+1) }

func (t rankTree) add(rank int, change int32) {
	for i := rank + 1; i < len(t); i += i & -i {
		t[i] += change
	}
}

// find is the rank of the k-th present value, from 0.
func (t rankTree) find(k int) int {
	at, left := 0, int32(k)
	for step := 1 << (bits.Len(uint(len(t))) - 1); step > 0; step >>= 1 {
		if next := at + step; next < len(t) && t[next] <= left {
			at = next
			left -= t[next]
		}
	}
	return at
}
