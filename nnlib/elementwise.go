package nnlib

import (
	"fmt"
)

// elementwise is an activation for use on slices inside of recurrent cells.
type elementwise struct{ f Activation }

// tensorHeads are what an activation is called with on slices, kept so that calls allocate nothing.
type tensorHeads struct{ y, x, dx, dy Tensor }

// newElementwise takes the activations whose gradient follows from their value alone.
func newElementwise(who string, of any) (elementwise, error) {
	f, err := activations.named("activation", of)
	if err != nil {
		return elementwise{}, err
	}
	switch f.(type) {
	case *Tanh, *Sigmoid, *ReLU, *Linear, *Exponential, *HardSigmoid, *HardTanh, *Softsign:
		return elementwise{f}, nil
	}
	return elementwise{}, fmt.Errorf("%s takes the activations tanh, sigmoid, relu, linear, exponential, hard_sigmoid, hard_tanh and softsign, got %s", who, described(f))
}

func (e elementwise) apply(h *tensorHeads, y, x []float32) {
	h.y.Data, h.x.Data = y, x
	e.f.Apply(&h.y, &h.x)
}

func (e elementwise) grad(h *tensorHeads, dx, dy, x, y []float32) {
	switch e.f.(type) {
	case *HardSigmoid:
		for i, v := range y {
			dx[i] = keep(dy[i]/6, v > 0 && v < 1)
		}
		return
	case *HardTanh:
		for i, v := range y {
			dx[i] = keep(dy[i], v > -1 && v < 1)
		}
		return
	case *Softsign: // y = x/(1+|x|), so 1/(1+|x|) = 1-|y|
		for i, v := range y {
			d := 1 - max(v, -v)
			dx[i] = dy[i] * float32(d*d)
		}
		return
	}
	h.dx.Data, h.dy.Data, h.x.Data, h.y.Data = dx, dy, x, y
	e.f.Grad(&h.dx, &h.dy, &h.x, &h.y)
}
