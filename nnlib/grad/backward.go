package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// Backward computes the gradient of v, which has one element, by all variables of its computation.
func (v *Var) Backward() {
	if len(v.Value.Data) != 1 {
		panic(fmt.Errorf("nnlib/grad: Backward wants one number, the shape is %v; take its Sum or Mean first", v.Shape()))
	}
	v.needs = true
	v.tape.clear()
	v.seed(1)
	v.tape.backward()
}

// clear makes all gradients zero but those of weights, to which a layer adds.
func (t *Tape) clear() {
	for _, v := range t.vars[:t.n] {
		if !v.needs {
			v.grad = nil
			continue
		}
		if v.op == nil && v.grad != nil && v.grad != &v.ownGrad {
			continue // a weight's
		}
		resize(&v.ownGrad, v.Value.Shape)
		v.grad = &v.ownGrad
		clear(v.grad.Data)
	}
}

// seed adds what the gradient starts from.
func (v *Var) seed(g float32) {
	for i := range v.grad.Data {
		v.grad.Data[i] += g
	}
}

// backward goes through all operations from the last to the first.
func (t *Tape) backward() {
	for i := t.n - 1; i >= 0; i-- {
		if v := t.vars[i]; v.needs && v.op != nil {
			v.op.backward(v)
		}
	}
}

// add adds d to the gradient of input k, unless nobody needs it.
func (v *Var) add(k int, d []float32) {
	if g := v.in[k].grad; v.in[k].needs {
		exact.Add32(g.Data, g.Data, d)
	}
}

// scratch returns room number k for n numbers.
func (v *Var) scratch(k, n int) []float32 {
	if cap(v.room[k]) < n {
		v.room[k] = make([]float32, n)
	}
	return v.room[k][:n]
}

// axisOf turns an axis that may count from the end into one that does not.
func axisOf(who string, axis int, shape nnlib.Shape) int {
	at := axis
	if at < 0 {
		at += len(shape)
	}
	if at < 0 || at >= len(shape) {
		panic(fmt.Errorf("nnlib/grad: %s has no axis %d in the shape %v", who, axis, slices.Clone(shape)))
	}
	return at
}
