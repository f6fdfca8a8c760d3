package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Layer = (*GaussianDropout)(nil)

// GaussianDropout multiplies by normal noise with mean 1 while training, with the
// deviation √(Rate/(1-Rate)) that Dropout's noise has.
type GaussianDropout struct {
	Rate       float64
	InputShape Shape
	Name       string
}

// Build checks the rate.
func (g *GaussianDropout) Build(b *Builder) (Shape, error) {
	return b.In[0], masked{rate: g.Rate}.check("GaussianDropout")
}

// Forward multiplies by the noise.
func (g *GaussianDropout) Forward(p *Pass) {
	if !p.Training || g.Rate == 0 {
		copy(p.Out.Data, p.In[0].Data)
		return
	}
	deviation := math.Sqrt(g.Rate / (1 - g.Rate))
	noise := p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...).Data
	for i := range noise {
		noise[i] = float32(1 + float64(deviation*p.Rand.NormFloat64()))
	}
	exact.Mul32(p.Out.Data, p.In[0].Data, noise)
}

// Backward multiplies by the same noise.
func (g *GaussianDropout) Backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	if !p.Training || g.Rate == 0 {
		copy(p.InGrad[0].Data, p.OutGrad.Data)
		return
	}
	exact.Mul32(p.InGrad[0].Data, p.OutGrad.Data, p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...).Data)
}
