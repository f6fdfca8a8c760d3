package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// reshape keeps the elements in their order.
type reshape struct{}

// Reshape returns the same elements in another shape; -1 stands for whatever fits.
func (v *Var) Reshape(shape ...int) *Var {
	out := v.tape.next(reshape{}, v)
	free, known := -1, 1
	out.ints = append(out.ints[:0], shape...)
	for axis, n := range shape {
		if n < 0 && free < 0 {
			free = axis
		} else {
			known *= n
		}
	}
	if free >= 0 && known > 0 {
		out.ints[free] = len(v.Value.Data) / known
	}
	if nnlib.Shape(out.ints).Size() != len(v.Value.Data) || slices.ContainsFunc(out.ints, func(n int) bool { return n < 0 }) {
		panic(fmt.Errorf("nnlib/grad: Reshape cannot make %v of the shape %v", nnlib.Shape(slices.Clone(shape)), v.Shape()))
	}
	return out.shaped(out.ints...).run()
}

func (reshape) forward(v *Var)  { copy(v.own.Data, v.in[0].Value.Data) }
func (reshape) backward(v *Var) { v.add(0, v.grad.Data) }

// Flatten makes one axis of all but the first.
func (v *Var) Flatten() *Var {
	rows, cols := v.Value.Dims()
	return v.Reshape(rows, cols)
}

// ExpandDims puts an axis of length 1 at that place.
func (v *Var) ExpandDims(axis int) *Var {
	if axis < 0 {
		axis += len(v.Shape()) + 1
	}
	if axis < 0 || axis > len(v.Shape()) {
		panic(fmt.Errorf("nnlib/grad: ExpandDims cannot put an axis at %d of the shape %v", axis, v.Shape()))
	}
	var room [8]int
	shape := append(append(append(room[:0], v.Shape()[:axis]...), 1), v.Shape()[axis:]...)
	return v.Reshape(shape...)
}

// Squeeze takes away an axis of length 1.
func (v *Var) Squeeze(axis int) *Var {
	axis = axisOf("Squeeze", axis, v.Shape())
	if v.Shape()[axis] != 1 {
		panic(fmt.Errorf("nnlib/grad: Squeeze wants an axis of length 1, axis %d of %v is longer", axis, v.Shape()))
	}
	var room [8]int
	shape := append(append(room[:0], v.Shape()[:axis]...), v.Shape()[axis+1:]...)
	return v.Reshape(shape...)
}

// BroadcastTo repeats v along axes of length 1, as an operation of two operands does.
func (v *Var) BroadcastTo(shape ...int) *Var {
	zeros := v.tape.next(nil).shaped(shape...)
	clear(zeros.own.Data)
	return v.Add(zeros)
}

// StopGradient returns v as data: no gradient goes through it.
func (v *Var) StopGradient() *Var {
	out := v.tape.next(nil)
	out.Value = v.Value
	return out
}

// permuted takes each element from elsewhere: transpositions, slices, repetitions.
type permuted struct{}

func (permuted) forward(v *Var) {
	x := v.in[0].Value.Data
	for i, j := range v.from {
		v.own.Data[i] = x[j]
	}
}

func (permuted) backward(v *Var) {
	if g := v.in[0].grad; v.in[0].needs {
		v.sumInto(g.Data, v.grad.Data, v.from)
	}
}

// Transpose orders the axes anew; with none given it exchanges the last two.
func (v *Var) Transpose(axes ...int) *Var {
	in := v.Shape()
	var room, strides [8]int
	order := room[:0]
	for _, axis := range axes {
		order = append(order, axisOf("Transpose", axis, in))
	}
	if n := len(in); len(axes) == 0 && n >= 2 {
		for axis := range n - 2 {
			order = append(order, axis)
		}
		order = append(order, n-1, n-2)
	}
	if len(order) != len(in) || len(in) < 2 || len(in) > len(strides) || !isPermutation(order) {
		panic(fmt.Errorf("nnlib/grad: Transpose wants each axis of the shape %v once, got %v", in, slices.Clone(axes)))
	}
	out := v.tape.next(permuted{}, v)
	out.ints = out.ints[:0]
	for k, axis := range order {
		out.ints = append(out.ints, in[axis])
		strides[k] = in[axis+1:].Size()
	}
	out.shaped(out.ints...)
	out.walk(strides[:len(in)])
	return out.run()
}

func isPermutation(order []int) bool {
	for axis := range order {
		if !slices.Contains(order, axis) {
			return false
		}
	}
	return true
}

// walk notes where each element of v comes from: a step along an axis is that far there.
func (v *Var) walk(strides []int) {
	v.from = slices.Grow(v.from[:0], len(v.own.Data))[:len(v.own.Data)]
	for i := range v.from {
		at, rest := 0, i
		for axis := len(strides) - 1; axis >= 0; axis-- {
			at += rest % v.own.Shape[axis] * strides[axis]
			rest /= v.own.Shape[axis]
		}
		v.from[i] = at
	}
}

// Slice returns the elements low to high-1 of one axis; a bound below 0 counts from the end.
func (v *Var) Slice(axis, low, high int) *Var {
	in := v.Shape()
	axis = axisOf("Slice", axis, in)
	n := in[axis]
	from, to := low, high
	if from < 0 {
		from += n
	}
	if to < 0 {
		to += n
	}
	if from < 0 || to > n || from > to {
		panic(fmt.Errorf("nnlib/grad: Slice wants bounds within the %d elements of axis %d of %v, got %d to %d", n, axis, in, low, high))
	}
	out := v.tape.next(permuted{}, v)
	out.ints = append(out.ints[:0], in...)
	out.ints[axis] = to - from
	out.shaped(out.ints...)
	inner := in[axis+1:].Size()
	out.from = slices.Grow(out.from[:0], len(out.own.Data))[:len(out.own.Data)]
	for i := range out.from {
		outer, rest := i/((to-from)*inner), i%((to-from)*inner)
		out.from[i] = outer*n*inner + from*inner + rest
	}
	return out.run()
}

// concat puts operands behind each other along an axis.
type concat struct{}

// Concat puts vars behind each other along an axis; all other axes are alike.
func Concat(axis int, vars ...*Var) *Var {
	if len(vars) == 0 {
		panic(fmt.Errorf("nnlib/grad: Concat wants at least one Var"))
	}
	first := vars[0].Shape()
	axis = axisOf("Concat", axis, first)
	out := vars[0].tape.next(concat{}, vars...)
	out.ints = append(out.ints[:0], first...)
	out.ints[axis] = 0
	for _, v := range vars {
		s := v.Shape()
		if len(s) != len(first) || !slices.Equal(s[:axis], first[:axis]) || !slices.Equal(s[axis+1:], first[axis+1:]) {
			panic(fmt.Errorf("nnlib/grad: Concat wants shapes that differ in axis %d only, got %v and %v", axis, first, s))
		}
		out.ints[axis] += s[axis]
	}
	out.factor = float64(axis)
	return out.shaped(out.ints...).run()
}

// Stack puts vars of one shape behind each other along a new axis.
func Stack(axis int, vars ...*Var) *Var {
	expanded := make([]*Var, len(vars))
	for k, v := range vars {
		expanded[k] = v.ExpandDims(axis)
	}
	return Concat(axis, expanded...)
}

// parts calls f with the place of each run of input k in the output and in the input.
func (concat) parts(v *Var, f func(k, out, in, n int)) {
	axis := exact.ToInt(v.factor)
	inner, outer := v.own.Shape[axis:].Size(), v.own.Shape[:axis].Size()
	at := 0
	for k, x := range v.in {
		n := x.Value.Shape[axis:].Size()
		for o := range outer {
			f(k, o*inner+at, o*n, n)
		}
		at += n
	}
}

func (c concat) forward(v *Var) {
	c.parts(v, func(k, out, in, n int) { copy(v.own.Data[out:out+n], v.in[k].Value.Data[in:in+n]) })
}

func (c concat) backward(v *Var) {
	c.parts(v, func(k, out, in, n int) {
		if v.in[k].needs {
			g := v.in[k].grad.Data[in : in+n]
			exact.Add32(g, g, v.grad.Data[out:out+n])
		}
	})
}
