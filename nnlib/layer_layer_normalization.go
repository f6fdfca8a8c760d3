package nnlib

import (
	"fmt"
)

var _ Layer = (*LayerNormalization)(nil)

// LayerNormalization gives each sample's last axis mean 0 and variance 1, then
// scales by gamma and shifts by beta. Ba and others, 2016.
type LayerNormalization struct {
	Epsilon    float64 // 0.001 by default
	NoCenter   bool    // no beta
	NoScale    bool    // no gamma
	InputShape Shape
	Name       string

	gamma, beta *Param
}

// Build asks for gamma and beta.
func (l *LayerNormalization) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) == 0 {
		return nil, fmt.Errorf("LayerNormalization wants samples of 1 or more axes, got %v", in)
	}
	l.gamma, l.beta, err = scaleAndShift(b, in[len(in)-1], l.NoScale, l.NoCenter)
	return in, err
}

// Forward normalizes.
func (l *LayerNormalization) Forward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	for r := range rows {
		inverse[r] = normalize(x[r*features:(r+1)*features], p.In[0].Data[r*features:(r+1)*features], orNumber(l.Epsilon, 0.001))
	}
	scaleShift(p.Out.Data, x, l.gamma, l.beta, features)
}

// Backward computes the gradients.
func (l *LayerNormalization) Backward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	scaleShiftGrad(p.OutGrad.Data, x, l.gamma, l.beta, features)
	if dx := p.InGrad[0]; dx != nil {
		for i, g := range p.OutGrad.Data {
			dx.Data[i] = g * factor(l.gamma, i%features)
		}
		for r := range rows {
			normalizeGrad(dx.Data[r*features:(r+1)*features], x[r*features:(r+1)*features], inverse[r])
		}
	}
}
