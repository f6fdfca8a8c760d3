package nnlib

import (
	"fmt"
	"math"
)

var _ Layer = (*BatchNormalization)(nil)

// BatchNormalization gives each feature of the last axis mean 0 and variance 1
// over the batch while training, and by moving averages afterwards; then it scales
// by gamma and shifts by beta. Ioffe and Szegedy, 2015.
type BatchNormalization struct {
	Momentum   float64 // of the moving averages, 0.99 by default
	Epsilon    float64 // 0.001 by default
	NoCenter   bool    // no beta
	NoScale    bool    // no gamma
	InputShape Shape
	Name       string

	gamma, beta, mean, variance *Param
	sums                        []float64
}

// Build asks for gamma, beta and the moving averages.
func (l *BatchNormalization) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) == 0 {
		return nil, fmt.Errorf("BatchNormalization wants samples of 1 or more axes, got %v", in)
	}
	features := in[len(in)-1]
	if l.gamma, l.beta, err = scaleAndShift(b, features, l.NoScale, l.NoCenter); err != nil {
		return nil, err
	}
	if l.mean, err = b.State("moving_mean", "zeros", features); err != nil {
		return nil, err
	}
	l.sums = make([]float64, 2*features)
	l.variance, err = b.State("moving_variance", "ones", features)
	return in, err
}

// Forward normalizes.
func (l *BatchNormalization) Forward(p *Pass) {
	_, features := lastAxis(p.In[0])
	if p.Training {
		l.moments(p.In[0].Data, features)
	} else {
		for j := range features {
			l.sums[j], l.sums[features+j] = float64(l.mean.Value.Data[j]), float64(l.variance.Value.Data[j])
		}
	}
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, features).Data
	for j := range inverse {
		inverse[j] = float32(1 / math.Sqrt(l.sums[features+j]+orNumber(l.Epsilon, 0.001)))
	}
	for i, v := range p.In[0].Data {
		j := i % features
		x[i] = (v - float32(l.sums[j])) * inverse[j]
	}
	scaleShift(p.Out.Data, x, l.gamma, l.beta, features)
}

// moments computes each feature's mean and variance in float64, row after row, and moves the averages.
func (l *BatchNormalization) moments(x []float32, features int) {
	clear(l.sums)
	mean, variance, n := l.sums[:features], l.sums[features:], float64(len(x)/features)
	for i, v := range x {
		mean[i%features] += float64(v)
	}
	for j := range mean {
		mean[j] /= n
	}
	for i, v := range x {
		d := float64(v) - mean[i%features]
		variance[i%features] += float64(d * d)
	}
	stay := float32(orNumber(l.Momentum, 0.99))
	for j := range variance {
		variance[j] /= n
		move(&l.mean.Value.Data[j], float32(mean[j]), stay)
		move(&l.variance.Value.Data[j], float32(variance[j]), stay)
	}
}

// Backward computes dx = inverse·(d - mean(d) - x·mean(d·x)), d being dy·gamma and the
// means those over the batch; after training without the means.
func (l *BatchNormalization) Backward(p *Pass) {
	_, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, features).Data
	dy := p.OutGrad.Data
	scaleShiftGrad(dy, x, l.gamma, l.beta, features)
	if p.InGrad[0] == nil {
		return
	}
	clear(l.sums)
	if p.Training {
		n := float64(len(x) / features)
		for i, g := range dy {
			j := i % features
			d := float64(g) * float64(factor(l.gamma, j))
			l.sums[j] += float64(d / n)
			l.sums[features+j] += float64(d * float64(x[i]) / n)
		}
	}
	for i, g := range dy {
		j := i % features
		d := float64(float64(g)*float64(factor(l.gamma, j))) - l.sums[j] - float64(float64(x[i])*l.sums[features+j])
		p.InGrad[0].Data[i] = float32(d) * inverse[j]
	}
}
