package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Masking)(nil)

// Masking marks the time steps whose features all are MaskValue as padding.
type Masking struct {
	MaskValue  float64
	InputShape Shape
	Name       string
}

// Build checks the shape.
func (m *Masking) Build(b *Builder) (Shape, error) {
	if len(b.In[0]) < 2 {
		return nil, fmt.Errorf("Masking wants samples [time features], got %v", b.In[0])
	}
	return b.In[0], nil
}

// Forward sets padding to 0.
func (m *Masking) Forward(p *Pass) {
	steps := p.In[0].Shape[1]
	width := len(p.Out.Data) / (p.Batch() * steps)
	mask := p.Scratch(0, p.Batch(), steps)
	for i := range mask.Data {
		x, y := p.In[0].Data[i*width:(i+1)*width], p.Out.Data[i*width:(i+1)*width]
		mask.Data[i] = 0
		for _, v := range x {
			if v != float32(m.MaskValue) {
				mask.Data[i] = 1
			}
		}
		exact.Scale32(y, mask.Data[i], x)
	}
	p.OutMask = mask
}

// Backward passes what is not padding.
func (m *Masking) Backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	mask := p.Scratch(0, p.Batch(), p.In[0].Shape[1])
	width := len(p.Out.Data) / len(mask.Data)
	for i, v := range mask.Data {
		exact.Scale32(p.InGrad[0].Data[i*width:(i+1)*width], v, p.OutGrad.Data[i*width:(i+1)*width])
	}
}
