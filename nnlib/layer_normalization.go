package nnlib

import (
	"fmt"
	"math"
)

var _ Layer = (*Normalization)(nil)

// Normalization takes the mean off each feature of the last axis, and divides by the
// deviation. Both are learnt by Adapt from data, before the model is made, or given.
type Normalization struct {
	Mean       []float64 // of each feature
	Variance   []float64
	Invert     bool // go back
	InputShape Shape
	Name       string

	shift, scale []float32
}

// Adapt learns mean and variance from data.
func (l *Normalization) Adapt(X any) *Normalization {
	t := Array(X)
	if len(t.Data) == 0 {
		panic(fmt.Errorf("nnlib: Normalization cannot adapt to no data"))
	}
	features := 1
	if len(t.Shape) > 1 {
		features = t.Shape[len(t.Shape)-1]
	}
	finite("the data for Normalization", t)
	l.Mean, l.Variance = make([]float64, features), make([]float64, features)
	n := float64(len(t.Data) / features)
	for i, v := range t.Data {
		l.Mean[i%features] += float64(v) / n
	}
	for i, v := range t.Data {
		d := float64(v) - l.Mean[i%features]
		l.Variance[i%features] += float64(d*d) / n
	}
	return l
}

// Build checks that there is a mean for each feature.
func (l *Normalization) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) == 0 || len(l.Mean) != in[len(in)-1] || len(l.Variance) != len(l.Mean) {
		return nil, fmt.Errorf("Normalization has means of %d and variances of %d features for samples %v; call Adapt with such data first", len(l.Mean), len(l.Variance), in)
	}
	l.shift, l.scale = make([]float32, len(l.Mean)), make([]float32, len(l.Mean))
	for j := range l.Mean {
		deviation := max(math.Sqrt(l.Variance[j]), float64(tinyProbability))
		l.shift[j], l.scale[j] = float32(l.Mean[j]), float32(1/deviation)
		if l.Invert {
			l.scale[j] = float32(deviation)
		}
	}
	return in, nil
}

// Forward normalizes.
func (l *Normalization) Forward(p *Pass) {
	features := len(l.shift)
	for i, v := range p.In[0].Data {
		j := i % features
		if l.Invert {
			p.Out.Data[i] = float32(v*l.scale[j]) + l.shift[j]
		} else {
			p.Out.Data[i] = (v - l.shift[j]) * l.scale[j]
		}
	}
}

// Backward scales the gradient.
func (l *Normalization) Backward(p *Pass) {
	if dx := p.InGrad[0]; dx != nil {
		for i, g := range p.OutGrad.Data {
			dx.Data[i] = g * l.scale[i%len(l.scale)]
		}
	}
}
