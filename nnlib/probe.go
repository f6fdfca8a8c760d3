package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/rng"
)

// A Probe calls one layer by hand: for its tests, and to look inside.
type Probe struct {
	Params []*Param
	Out    Shape // of one sample

	layer  Layer
	in     []Shape
	stream *rng.Stream
	pass   Pass
	grads  []*Tensor
}

// NewProbe builds a layer of that name for samples of these shapes.
func NewProbe(l Layer, name string, root *rng.Tree, in ...Shape) (*Probe, error) {
	b, err := bindLayer(l, name, nil, root, worldOf(root), in)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %w", err)
	}
	return &Probe{Params: b.params, Out: b.shape, layer: l, in: in, stream: b.stream}, nil
}

// Mask sets the masks of the inputs: one row for each sample, one column for each time step; nil for none.
func (p *Probe) Mask(masks ...*Tensor) { p.pass.Masks, p.pass.Mask = masks, masks[0] }

// OutMask is the mask of the output after Forward; nil for none.
func (p *Probe) OutMask() *Tensor { return p.pass.OutMask }

// Forward returns the layer's output for a batch, as a copy.
func (p *Probe) Forward(training bool, x ...*Tensor) *Tensor {
	p.pass.In, p.pass.InGrad, p.grads = x, nil, nil
	for _, t := range x {
		g := NewTensor(t.Shape...)
		p.grads = append(p.grads, g)
		p.pass.InGrad = append(p.pass.InGrad, g)
	}
	p.pass.Out = NewTensor(append([]int{x[0].Shape[0]}, p.Out...)...)
	p.pass.Training, p.pass.Rand, p.pass.OutMask = training, nil, p.pass.Mask
	if training {
		p.pass.Rand = p.stream
	}
	p.layer.Forward(&p.pass)
	return p.pass.Out.Clone()
}

// Backward returns the gradient by each input, after Forward, and sets that of the weights.
func (p *Probe) Backward(dy *Tensor) []*Tensor {
	for _, w := range p.Params {
		if w.Trainable {
			clear(w.Grad.Data)
		}
	}
	p.pass.OutGrad = dy.Clone()
	p.layer.Backward(&p.pass)
	return slices.Clone(p.grads)
}
