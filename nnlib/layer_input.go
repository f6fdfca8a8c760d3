package nnlib

import "errors"

var _ Layer = (*InputLayer)(nil)

// InputLayer says the shape of the samples, as the first layer of a sequential model.
type InputLayer struct {
	Shape Shape
}

// Build refuses any other place.
func (*InputLayer) Build(*Builder) (Shape, error) {
	return nil, errors.New("InputLayer stands at the beginning of a sequential model only; use Input in the functional API")
}

// Forward is never called.
func (*InputLayer) Forward(*Pass) {}

// Backward is never called.
func (*InputLayer) Backward(*Pass) {}

func (i *InputLayer) inputShape() Shape { return i.Shape }
