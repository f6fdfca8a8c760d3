package grad

import (
	"reprise/nnlib"
)

// A reduction makes one number of many along some axes.
type reduction struct{ kind string }

var (
	opSum  = &reduction{"Sum"}
	opMean = &reduction{"Mean"}
	opMax  = &reduction{"Max"}
	opMin  = &reduction{"Min"}
)

// reduce leaves out the axes, all of them where none is given.
func (v *Var) reduce(op *reduction, axes []int) *Var {
	out := v.tape.next(op, v)
	shape := v.Shape()
	var room [8]bool
	gone := append(room[:0], make([]bool, len(shape))...)
	for _, axis := range axes {
		gone[axisOf(op.kind, axis, shape)] = true
	}
	out.kept, out.ints = out.kept[:0], out.ints[:0]
	for axis, n := range shape {
		if len(axes) == 0 || gone[axis] {
			out.kept = append(out.kept, 1)
		} else {
			out.kept, out.ints = append(out.kept, n), append(out.ints, n)
		}
	}
	return out.shaped(out.ints...).run()
}

// target says which element of the result each element goes to.
func (*reduction) target(v *Var) []int { return v.mapped(0, v.in[0].Shape(), v.kept) }

func (r *reduction) forward(v *Var) {
	x, at := v.in[0].Value.Data, r.target(v)
	y := v.own.Data
	if r == opMax || r == opMin {
		r.extreme(v, x, at)
		return
	}
	clear(y)
	v.sumInto(y, x, at)
	if r == opMean {
		n := float32(len(x)) / float32(max(len(y), 1))
		for j := range y {
			y[j] /= n
		}
	}
}

// extreme takes the first of the largest or smallest, and keeps where it was.
func (r *reduction) extreme(v *Var, x []float32, at []int) {
	y := v.own.Data
	v.ints = append(v.ints[:0], make([]int, len(y))...)
	for j := range v.ints {
		v.ints[j] = -1
	}
	for i, value := range x {
		j := at[i]
		if v.ints[j] < 0 || r == opMax && value > y[j] || r == opMin && value < y[j] || value != value && y[j] == y[j] {
			y[j], v.ints[j] = value, i
		}
	}
}

func (r *reduction) backward(v *Var) {
	g := v.in[0].grad.Data
	if r == opMax || r == opMin {
		for j, i := range v.ints {
			if i >= 0 {
				g[i] += v.grad.Data[j]
			}
		}
		return
	}
	share := float32(1)
	if r == opMean {
		share = float32(len(v.own.Data)) / float32(max(len(g), 1))
	}
	for i, j := range r.target(v) {
		g[i] += float32(v.grad.Data[j] * share)
	}
}

// Sum adds up along the given axes, along all where none is given.
func (v *Var) Sum(axes ...int) *Var { return v.reduce(opSum, axes) }

// Mean is the mean along the given axes, along all where none is given.
func (v *Var) Mean(axes ...int) *Var { return v.reduce(opMean, axes) }

// Max is the largest along the given axes; among equals, the first has the gradient.
func (v *Var) Max(axes ...int) *Var { return v.reduce(opMax, axes) }

// Min is the smallest along the given axes; among equals, the first has the gradient.
func (v *Var) Min(axes ...int) *Var { return v.reduce(opMin, axes) }

// Variance is the mean squared distance from the mean along the given axes.
func (v *Var) Variance(axes ...int) *Var {
	centre := v.Mean(axes...).keep(v.Shape(), axes)
	return v.Sub(centre).Square().Mean(axes...)
}

// keep puts back the axes that a reduction of shape took away, with length 1.
func (v *Var) keep(shape nnlib.Shape, axes []int) *Var {
	var room [8]int
	kept := append(room[:0], shape...)
	for axis := range kept {
		if len(axes) == 0 {
			kept[axis] = 1
		}
	}
	for _, axis := range axes {
		kept[axisOf("Variance", axis, shape)] = 1
	}
	return v.Reshape(kept...)
}
