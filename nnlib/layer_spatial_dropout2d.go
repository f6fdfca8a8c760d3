package nnlib

import (
	"fmt"
)

var _ Layer = (*SpatialDropout2D)(nil)

// SpatialDropout2D drops whole channels of [rows, cols, channels].
type SpatialDropout2D struct {
	Rate       float64
	InputShape Shape
	Name       string

	mask masked
}

// Build checks shape and rate.
func (s *SpatialDropout2D) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 3 {
		return nil, fmt.Errorf("SpatialDropout2D wants samples [rows cols channels], got %v", in)
	}
	s.mask = masked{rate: s.Rate, noise: Shape{1, 1, in[2]}}
	return in, s.mask.check("SpatialDropout2D")
}

// Forward multiplies by the mask.
func (s *SpatialDropout2D) Forward(p *Pass) { s.mask.forward(p) }

// Backward multiplies by the same mask.
func (s *SpatialDropout2D) Backward(p *Pass) { s.mask.backward(p) }
