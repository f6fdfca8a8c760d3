package nnlib

import (
	"errors"
	"fmt"
)

var _ Layer = (*TimeDistributed)(nil)

// TimeDistributed applies a layer to each time step of [time, ...].
type TimeDistributed struct {
	Layer      Layer
	InputShape Shape
	Name       string

	steps   int
	in, out Shape
}

// Build builds the layer for one step.
func (t *TimeDistributed) Build(b *Builder) (Shape, error) {
	if t.Layer == nil {
		return nil, errors.New("TimeDistributed wants a Layer")
	}
	if len(b.In[0]) < 2 {
		return nil, fmt.Errorf("TimeDistributed wants samples [time ...], got %v", b.In[0])
	}
	t.steps, t.in = b.In[0][0], b.In[0][1:]
	out, err := b.inner(t.Layer, "", t.in)
	t.out = out
	return append(Shape{t.steps}, out...), err
}

// Forward makes steps samples of each sample.
func (t *TimeDistributed) Forward(p *Pass) {
	s := p.Sub(0, 1)
	n := p.Batch() * t.steps
	s.In[0] = view(s.In[0], p.In[0], n, t.in)
	s.Out = view(s.Out, p.Out, n, t.out)
	s.Training, s.Rand = p.Training, p.Rand
	t.Layer.Forward(s)
}

// Backward does the same with the gradients.
func (t *TimeDistributed) Backward(p *Pass) {
	s := p.Sub(0, 1)
	n := p.Batch() * t.steps
	s.OutGrad = view(s.OutGrad, p.OutGrad, n, t.out)
	if p.InGrad[0] == nil {
		s.InGrad[0] = nil
	} else {
		s.InGrad[0] = view(s.InGrad[0], p.InGrad[0], n, t.in)
	}
	t.Layer.Backward(s)
}
