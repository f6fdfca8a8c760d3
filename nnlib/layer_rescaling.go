package nnlib

import "fmt"

var _ Layer = (*Rescaling)(nil)

// Rescaling is x·Scale + Offset: pixels of 0 to 255 become numbers of 0 to 1 by a Scale of 1.0/255.
type Rescaling struct {
	Scale      float64 // must be given
	Offset     float64
	InputShape Shape
	Name       string
}

// Build checks the scale.
func (l *Rescaling) Build(b *Builder) (Shape, error) {
	if l.Scale == 0 {
		return nil, fmt.Errorf("Rescaling wants a Scale other than 0, such as 1.0/255")
	}
	return b.In[0], nil
}

// Forward scales and shifts.
func (l *Rescaling) Forward(p *Pass) {
	scale, offset := float32(l.Scale), float32(l.Offset)
	for i, v := range p.In[0].Data {
		p.Out.Data[i] = float32(v*scale) + offset
	}
}

// Backward scales the gradient.
func (l *Rescaling) Backward(p *Pass) {
	if dx := p.InGrad[0]; dx != nil {
		for i, g := range p.OutGrad.Data {
			dx.Data[i] = g * float32(l.Scale)
		}
	}
}
