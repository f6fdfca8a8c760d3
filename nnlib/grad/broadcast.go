package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib"
)

// A mapping says which element of a small tensor stands for each of a large one's.
type mapping struct {
	large, small nnlib.Shape
	at           []int
}

// mapped returns mapping number k from shape large to shape small, whose axes of
// length 1 stand for all; it has as many axes.
func (v *Var) mapped(k int, large, small nnlib.Shape) []int {
	m := &v.index[k]
	if m.at != nil && slices.Equal(m.large, large) && slices.Equal(m.small, small) {
		return m.at
	}
	m.large, m.small = append(m.large[:0], large...), append(m.small[:0], small...)
	n := large.Size()
	m.at = slices.Grow(m.at[:0], max(n, 1))[:n]
	for i := range m.at {
		at, rest, stride := 0, i, 1
		for axis := len(large) - 1; axis >= 0; axis-- {
			if small[axis] != 1 {
				at += rest % large[axis] * stride
			}
			rest, stride = rest/large[axis], stride*small[axis]
		}
		m.at[i] = at
	}
	return m.at
}

// broadcastShape writes into room the shape that two operands have together.
func broadcastShape(room nnlib.Shape, who string, a, b nnlib.Shape) nnlib.Shape {
	n := max(len(a), len(b))
	room = room[:0]
	for axis := range n {
		da, db := lengthAt(a, axis-n+len(a)), lengthAt(b, axis-n+len(b))
		if da != db && da != 1 && db != 1 {
			panic(fmt.Errorf("nnlib/grad: %s wants shapes that are alike or 1 in each axis from the last, got %v and %v; reshape one of them", who, slices.Clone(a), slices.Clone(b)))
		}
		if da == 1 {
			da = db
		}
		room = append(room, da)
	}
	return room
}

func lengthAt(s nnlib.Shape, axis int) int {
	if axis < 0 {
		return 1
	}
	return s[axis]
}

// padded writes s with ones before it, so that it has n axes.
func padded(room, s nnlib.Shape, n int) nnlib.Shape {
	room = room[:0]
	for range n - len(s) {
		room = append(room, 1)
	}
	return append(room, s...)
}

// spread returns input k in v's shape: itself where it has that already.
func (v *Var) spread(k int) []float32 {
	x := v.in[k].Value
	if slices.Equal(x.Shape, v.Value.Shape) {
		return x.Data
	}
	out := v.scratch(k, len(v.Value.Data))
	if len(x.Data) == 1 {
		for i := range out {
			out[i] = x.Data[0]
		}
		return out
	}
	var room [8]int
	for i, at := range v.mapped(k, v.Value.Shape, padded(room[:0], x.Shape, len(v.Value.Shape))) {
		out[i] = x.Data[at]
	}
	return out
}

// gather adds d, which has v's shape, to the gradient of input k: each element gets
// the sum, in float64 and in order, over those for which it stood.
func (v *Var) gather(k int, d []float32) {
	x := v.in[k]
	if !x.needs {
		return
	}
	if slices.Equal(x.Value.Shape, v.Value.Shape) {
		v.add(k, d)
		return
	}
	var room [8]int
	v.sumInto(x.grad.Data, d, v.mapped(k, v.Value.Shape, padded(room[:0], x.Value.Shape, len(v.Value.Shape))))
}

// sumInto adds the d[i] to dst[at[i]].
func (v *Var) sumInto(dst, d []float32, at []int) {
	v.sums = slices.Grow(v.sums[:0], len(dst))[:len(dst)]
	clear(v.sums)
	for i, g := range d {
		v.sums[at[i]] += float64(g)
	}
	for j, s := range v.sums {
		dst[j] += float32(s)
	}
}
