package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Layer = (*Dropout)(nil)
	_ Layer = (*SpatialDropout1D)(nil)
	_ Layer = (*SpatialDropout2D)(nil)
	_ Layer = (*AlphaDropout)(nil)
)

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

// masked multiplies by 0 or 1/(1-rate) while training.
type masked struct {
	rate  float64
	noise Shape // nil when each element has its own
}

func (m masked) check(who string) error {
	if !(m.rate >= 0 && m.rate < 1) {
		return fmt.Errorf("%s wants a Rate in [0, 1), got %v", who, m.rate)
	}
	return nil
}

func (m masked) forward(p *Pass) {
	if !p.Training || m.rate == 0 {
		copy(p.Out.Data, p.In[0].Data)
		return
	}
	mask := p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...)
	m.fill(p, mask)
	exact.Mul32(p.Out.Data, p.In[0].Data, mask.Data)
}

func (m masked) backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	if !p.Training || m.rate == 0 {
		copy(p.InGrad[0].Data, p.OutGrad.Data)
		return
	}
	exact.Mul32(p.InGrad[0].Data, p.OutGrad.Data, p.Scratch(0, p.Out.Shape[0], p.Out.Shape[1:]...).Data)
}

// fill draws the mask.
func (m masked) fill(p *Pass, mask *Tensor) {
	if m.noise == nil {
		keepMask(p, mask.Data, m.rate)
		return
	}
	small := p.Scratch(2, p.Out.Shape[0], m.noise...)
	keepMask(p, small.Data, m.rate)
	index := p.Ints(1, len(mask.Shape))
	for i := range mask.Data {
		at, rest := 0, i
		for k := len(index) - 1; k >= 0; k-- {
			index[k], rest = rest%mask.Shape[k], rest/mask.Shape[k]
		}
		for k, n := range small.Shape {
			at = at*n + min(index[k], n-1)
		}
		mask.Data[i] = small.Data[at]
	}
}

// keepMask fills mask with 0, at the rate, and 1/(1-rate): one word of the layer's stream for each element.
func keepMask(p *Pass, mask []float32, rate float64) {
	words := p.words(len(mask))
	p.Rand.Uint32s(words)
	scale, below := float32(1/(1-rate)), uint64(math.Round(rate*(1<<32)))
	for i, w := range words {
		mask[i] = keep(scale, uint64(w) >= below)
	}
}

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
