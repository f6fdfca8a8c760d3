package nnlib

import (
	"math"
)

var _ Layer = (*AlphaDropout)(nil)

// AlphaDropout drops so that mean and variance stay the same behind SELU. Klambauer and others, 2017.
type AlphaDropout struct {
	Rate       float64
	InputShape Shape
	Name       string

	mask masked
}

// Build checks the rate.
func (a *AlphaDropout) Build(b *Builder) (Shape, error) {
	a.mask = masked{rate: a.Rate}
	return b.In[0], a.mask.check("AlphaDropout")
}

// affine returns the scale and shift after dropping to -alpha·scale
// (keras/src/layers/regularization/alpha_dropout.py).
func (a *AlphaDropout) affine() (scale, shift, dropped float32) {
	p := float64(-seluAlpha * seluScale)
	s := 1 / math.Sqrt((1-a.Rate)*(1+float64(a.Rate*p*p)))
	return float32(s), float32(-s * p * a.Rate), float32(p)
}

// Forward drops.
func (a *AlphaDropout) Forward(p *Pass) {
	x := p.In[0].Data
	if !p.Training || a.Rate == 0 {
		copy(p.Out.Data, x)
		return
	}
	mask := p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...).Data
	keepMask(p, mask, a.Rate)
	scale, shift, dropped := a.affine()
	for i, v := range x {
		if mask[i] == 0 {
			v = dropped
		}
		p.Out.Data[i] = float32(scale*v) + shift
	}
}

// Backward passes what was not dropped.
func (a *AlphaDropout) Backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	if !p.Training || a.Rate == 0 {
		copy(p.InGrad[0].Data, p.OutGrad.Data)
		return
	}
	mask := p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...).Data
	scale, _, _ := a.affine()
	for i, g := range p.OutGrad.Data {
		p.InGrad[0].Data[i] = keep(scale*g, mask[i] != 0)
	}
}
