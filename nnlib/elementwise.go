package nnlib

import (
	"fmt"
)

// elementwise is an activation for use on slices inside of recurrent cells.
type elementwise struct {
	f            Activation
	y, x, dx, dy Tensor // headers only, so that calls allocate nothing
}

// newElementwise takes the activations whose gradient follows from their value alone.
func newElementwise(who string, of any) (elementwise, error) {
	f, err := activations.named("activation", of)
	if err != nil {
		return elementwise{}, err
	}
	switch f.(type) {
	case *Tanh, *Sigmoid, *ReLU, *Linear, *Exponential:
		return elementwise{f: f}, nil
	}
	return elementwise{}, fmt.Errorf("%s takes the activations tanh, sigmoid, relu, linear and exponential, got %T", who, f)
}

func (e *elementwise) apply(y, x []float32) {
	e.y.Data, e.x.Data = y, x
	e.f.Apply(&e.y, &e.x)
}

func (e *elementwise) grad(dx, dy, x, y []float32) {
	e.dx.Data, e.dy.Data, e.x.Data, e.y.Data = dx, dy, x, y
	e.f.Grad(&e.dx, &e.dy, &e.x, &e.y)
}
