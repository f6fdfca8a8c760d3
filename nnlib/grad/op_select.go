package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// where takes from one of two operands.
type where struct{}

// Where returns, element by element, a where v is not 0 and b elsewhere. No gradient goes to v.
func (v *Var) Where(a, b any) *Var {
	x, y, c := v.on(a), v.on(b), v
	var room, more [8]int
	shape := broadcastShape(more[:0], "Where", broadcastShape(room[:0], "Where", x.Shape(), y.Shape()), v.Shape())
	if !slices.Equal(shape, v.Shape()) {
		c = v.BroadcastTo(shape...)
	}
	out := v.tape.next(where{}, x, y, c)
	out.needs = x.needs || y.needs
	return out.shaped(shape...).run()
}

func (where) forward(v *Var) {
	a, b := v.spread(0), v.spread(1)
	for i, c := range v.in[2].Value.Data {
		v.own.Data[i] = b[i]
		if c != 0 {
			v.own.Data[i] = a[i]
		}
	}
}

func (where) backward(v *Var) {
	n := len(v.own.Data)
	a, b := v.scratch(0, n), v.scratch(1, n)
	for i, c := range v.in[2].Value.Data {
		a[i], b[i] = 0, v.grad.Data[i]
		if c != 0 {
			a[i], b[i] = v.grad.Data[i], 0
		}
	}
	v.gather(0, a)
	v.gather(1, b)
}

// gathered takes rows by their numbers.
type gathered struct{}

// Gather returns rows of v, whose first axis they are numbered along: of an
// embedding, say. index holds whole numbers, in any shape.
func (v *Var) Gather(index any) *Var {
	ids := v.on(index)
	axisOf("Gather", 0, v.Shape())
	out := v.tape.next(gathered{}, v, ids)
	out.needs = v.needs
	out.from = out.from[:0]
	for _, f := range ids.Value.Data {
		id := exact.ToInt(float64(f))
		if float32(id) != f || id < 0 || id >= v.Shape()[0] {
			panic(fmt.Errorf("nnlib/grad: Gather wants whole numbers from 0 to %d, got %v", v.Shape()[0]-1, f))
		}
		out.from = append(out.from, id)
	}
	out.ints = append(append(out.ints[:0], ids.Shape()...), v.Shape()[1:]...)
	return out.shaped(out.ints...).run()
}

func (gathered) forward(v *Var) {
	exact.Gather32(v.own.Data, v.in[0].Value.Data, v.in[0].Shape()[1:].Size(), v.from)
}

func (gathered) backward(v *Var) {
	exact.ScatterAdd32(v.in[0].grad.Data, v.in[0].Shape()[1:].Size(), v.from, v.grad.Data)
}

// OneHot turns whole numbers below depth into rows with a 1 there. It has no gradient.
func (v *Var) OneHot(depth int) *Var {
	out := v.tape.next(nil)
	out.ints = append(append(out.ints[:0], v.Shape()...), depth)
	out.shaped(out.ints...)
	clear(out.own.Data)
	for i, f := range v.Value.Data {
		id := exact.ToInt(float64(f))
		if float32(id) != f || id < 0 || id >= depth {
			panic(fmt.Errorf("nnlib/grad: OneHot wants whole numbers from 0 to %d, got %v", depth-1, f))
		}
		out.own.Data[i*depth+id] = 1
	}
	return out
}
