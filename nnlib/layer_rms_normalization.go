package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Layer = (*RMSNormalization)(nil)

// RMSNormalization divides the last axis of each sample by the root of its mean
// square, then multiplies by a scale that is learnt. Zhang and Sennrich, 2019.
type RMSNormalization struct {
	Epsilon    float64 // 1e-6 by default
	InputShape Shape
	Name       string

	scale *Param
}

// Build asks for the scale.
func (l *RMSNormalization) Build(b *Builder) (_ Shape, err error) {
	in, err := sameShape("RMSNormalization", b)
	if err != nil {
		return nil, err
	}
	l.scale, err = b.Weight("scale", "ones", in[len(in)-1])
	return in, err
}

// Forward normalizes.
func (l *RMSNormalization) Forward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	for r := range rows {
		in := p.In[0].Data[r*features : (r+1)*features]
		inverse[r] = float32(1 / math.Sqrt(exact.SumSq32To64(in)/float64(features)+orNumber(l.Epsilon, 1e-6)))
		exact.Scale32(x[r*features:(r+1)*features], inverse[r], in)
	}
	scaleShift(p.Out.Data, x, l.scale, nil, features)
}

// Backward computes the gradients.
func (l *RMSNormalization) Backward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	scaleShiftGrad(p.OutGrad.Data, x, l.scale, nil, features)
	if p.InGrad[0] == nil {
		return
	}
	for r := range rows {
		dx, y := p.InGrad[0].Data[r*features:(r+1)*features], x[r*features:(r+1)*features]
		exact.Mul32(dx, p.OutGrad.Data[r*features:(r+1)*features], l.scale.Value.Data)
		slope := float32(exact.Dot32To64(dx, y) / float64(features))
		for i := range dx {
			dx[i] = (dx[i] - float32(y[i]*slope)) * inverse[r]
		}
	}
}
