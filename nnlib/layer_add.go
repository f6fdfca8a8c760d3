package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Layer = (*Add)(nil)

// Add is the sum of its inputs.
type Add struct{ Name string }

// Build checks that the inputs are alike.
func (*Add) Build(b *Builder) (Shape, error) { return alike("Add", b.In) }

// Forward adds from left to right.
func (*Add) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		exact.Add32(p.Out.Data, p.Out.Data, x.Data)
	}
	unitedMask(p)
}

// Backward passes the gradient to all.
func (*Add) Backward(p *Pass) {
	for _, dx := range p.InGrad {
		if dx != nil {
			copy(dx.Data, p.OutGrad.Data)
		}
	}
}
