package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Subtract)(nil)

// Subtract is its first input less its second.
type Subtract struct{ Name string }

// Build checks that there are two alike.
func (*Subtract) Build(b *Builder) (Shape, error) {
	if len(b.In) != 2 {
		return nil, fmt.Errorf("Subtract wants two inputs, got %d", len(b.In))
	}
	return alike("Subtract", b.In)
}

// Forward subtracts.
func (*Subtract) Forward(p *Pass) {
	exact.Sub32(p.Out.Data, p.In[0].Data, p.In[1].Data)
	unitedMask(p)
}

// Backward passes the gradient with its sign.
func (*Subtract) Backward(p *Pass) {
	if dx := p.InGrad[0]; dx != nil {
		copy(dx.Data, p.OutGrad.Data)
	}
	if dx := p.InGrad[1]; dx != nil {
		exact.Scale32(dx.Data, -1, p.OutGrad.Data)
	}
}
