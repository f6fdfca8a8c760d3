package nnlib

import (
	"fmt"
)

var _ Layer = (*Dropout)(nil)

// Dropout sets a share of the elements to 0 while training, and scales up the
// others, so that the sum stays the same on average. Srivastava and others, 2014.
type Dropout struct {
	Rate       float64 // the share, in [0, 1)
	NoiseShape Shape   // of one sample; axes of length 1 share their mask
	InputShape Shape
	Name       string

	mask  masked
	shape Shape
}

// Build checks the rate.
func (d *Dropout) Build(b *Builder) (Shape, error) {
	d.shape = b.In[0]
	if d.NoiseShape != nil {
		if len(d.NoiseShape) != len(d.shape) {
			return nil, fmt.Errorf("Dropout wants a NoiseShape with as many axes as its input %v, got %v", d.shape, d.NoiseShape)
		}
		for k, n := range d.NoiseShape {
			if n != 1 && n != d.shape[k] {
				return nil, fmt.Errorf("Dropout wants a NoiseShape of 1 or the input's length in each axis %v, got %v", d.shape, d.NoiseShape)
			}
		}
	}
	d.mask = masked{rate: d.Rate, noise: d.NoiseShape}
	return d.shape, d.mask.check("Dropout")
}

// Forward multiplies by the mask.
func (d *Dropout) Forward(p *Pass) { d.mask.forward(p) }

// Backward multiplies by the same mask.
func (d *Dropout) Backward(p *Pass) { d.mask.backward(p) }
