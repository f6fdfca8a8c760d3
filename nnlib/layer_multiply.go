package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Layer = (*Multiply)(nil)

// Multiply is the product of its inputs, element by element. What an input's mask hides counts
// as 1, and what all hide is 0.
type Multiply struct{ Name string }

// Build checks that the inputs are alike.
func (*Multiply) Build(b *Builder) (Shape, error) { return alike("Multiply", b.In) }

// Forward multiplies from left to right.
func (*Multiply) Forward(p *Pass) {
	for k, x := range p.In {
		if m := p.maskOf(k); m != nil {
			t := p.Scratch(1+k, x.Shape[0], x.Shape[1:]...)
			copy(t.Data, x.Data)
			fillHidden(t, m, 1)
		}
	}
	copy(p.Out.Data, multiplier(p, 0).Data)
	for k := range p.In[1:] {
		exact.Mul32(p.Out.Data, p.Out.Data, multiplier(p, k+1).Data)
	}
	unitedMask(p)
	fillHidden(p.Out, p.OutMask, 0)
}

// multiplier is input k with 1 for what is hidden.
func multiplier(p *Pass, k int) *Tensor {
	if x := p.In[k]; p.maskOf(k) != nil {
		return p.Scratch(1+k, x.Shape[0], x.Shape[1:]...)
	}
	return p.In[k]
}

// Backward multiplies by all the others.
func (*Multiply) Backward(p *Pass) {
	for k, dx := range p.InGrad {
		if dx == nil {
			continue
		}
		copy(dx.Data, p.OutGrad.Data)
		for other := range p.In {
			if other != k {
				exact.Mul32(dx.Data, dx.Data, multiplier(p, other).Data)
			}
		}
		fillHidden(dx, p.maskOf(k), 0)
	}
}
