package nnlib

import "fmt"

var _ Layer = (*PReLU)(nil)

// PReLU is x, or where that is negative alpha·x, with an alpha that is learnt for each
// element of a sample. He and others, 2015.
type PReLU struct {
	AlphaInitializer any // zeros by default
	AlphaRegularizer any
	AlphaConstraint  any
	SharedAxes       []int // axes, from 1, along which all elements have one alpha

	InputShape Shape
	Name       string

	alpha *Param
	index []int // of each element's alpha
}

// Build asks for alpha.
func (l *PReLU) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	shape := append(Shape{}, in...)
	for _, axis := range l.SharedAxes {
		if axis < 1 || axis > len(in) {
			return nil, fmt.Errorf("PReLU wants SharedAxes from 1 to %d for samples %v, got %v", len(in), in, l.SharedAxes)
		}
		shape[axis-1] = 1
	}
	if l.alpha, err = b.Weight("alpha", or(l.AlphaInitializer, "zeros"), shape...); err != nil {
		return nil, err
	}
	l.index = make([]int, in.Size())
	for i := range l.index {
		at, rest, stride := 0, i, 1
		for axis := len(in) - 1; axis >= 0; axis-- {
			at += rest % in[axis] % shape[axis] * stride
			rest, stride = rest/in[axis], stride*shape[axis]
		}
		l.index[i] = at
	}
	return in, l.alpha.restrict(l.AlphaRegularizer, l.AlphaConstraint)
}

// Forward multiplies what is negative.
func (l *PReLU) Forward(p *Pass) {
	for i, v := range p.In[0].Data {
		if v < 0 {
			v *= l.alpha.Value.Data[l.index[i%len(l.index)]]
		}
		p.Out.Data[i] = v
	}
}

// Backward computes the gradients.
func (l *PReLU) Backward(p *Pass) {
	for i, v := range p.In[0].Data {
		g, k := p.OutGrad.Data[i], l.index[i%len(l.index)]
		if v < 0 {
			l.alpha.Grad.Data[k] += float32(g * v)
			g *= l.alpha.Value.Data[k]
		}
		if p.InGrad[0] != nil {
			p.InGrad[0].Data[i] = g
		}
	}
}
