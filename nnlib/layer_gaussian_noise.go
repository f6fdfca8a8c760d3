package nnlib

import (
	"fmt"
)

var _ Layer = (*GaussianNoise)(nil)

// GaussianNoise adds normal noise while training.
type GaussianNoise struct {
	StdDev     float64
	InputShape Shape
	Name       string
}

// Build checks the deviation.
func (g *GaussianNoise) Build(b *Builder) (Shape, error) {
	if g.StdDev < 0 {
		return nil, fmt.Errorf("GaussianNoise wants a StdDev of 0 or more, got %v", g.StdDev)
	}
	return b.In[0], nil
}

// Forward adds the noise.
func (g *GaussianNoise) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	if p.Training && g.StdDev > 0 {
		for i := range p.Out.Data {
			p.Out.Data[i] += float32(g.StdDev * p.Rand.NormFloat64())
		}
	}
}

// Backward passes all.
func (g *GaussianNoise) Backward(p *Pass) {
	if p.InGrad[0] != nil {
		copy(p.InGrad[0].Data, p.OutGrad.Data)
	}
}
