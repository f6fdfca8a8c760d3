package nnlib

import (
	"fmt"
)

var _ Layer = (*SpatialDropout1D)(nil)

// SpatialDropout1D drops whole channels of [time, channels].
type SpatialDropout1D struct {
	Rate       float64
	InputShape Shape
	Name       string

	mask masked
}

// Build checks shape and rate.
func (s *SpatialDropout1D) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("SpatialDropout1D wants samples [time channels], got %v", in)
	}
	s.mask = masked{rate: s.Rate, noise: Shape{1, in[1]}}
	return in, s.mask.check("SpatialDropout1D")
}

// Forward multiplies by the mask.
func (s *SpatialDropout1D) Forward(p *Pass) { s.mask.forward(p) }

// Backward multiplies by the same mask.
func (s *SpatialDropout1D) Backward(p *Pass) { s.mask.backward(p) }
