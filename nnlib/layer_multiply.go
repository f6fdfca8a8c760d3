package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Layer = (*Multiply)(nil)

// Multiply is the product of its inputs, element by element.
type Multiply struct{ Name string }

// Build checks that the inputs are alike.
func (*Multiply) Build(b *Builder) (Shape, error) { return alike("Multiply", b.In) }

// Forward multiplies from left to right.
func (*Multiply) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		exact.Mul32(p.Out.Data, p.Out.Data, x.Data)
	}
}

// Backward multiplies by all the others.
func (*Multiply) Backward(p *Pass) {
	for k, dx := range p.InGrad {
		if dx == nil {
			continue
		}
		copy(dx.Data, p.OutGrad.Data)
		for other, x := range p.In {
			if other != k {
				exact.Mul32(dx.Data, dx.Data, x.Data)
			}
		}
	}
}
