package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Layer = (*BatchNormalization)(nil)
	_ Layer = (*LayerNormalization)(nil)
	_ Layer = (*GroupNormalization)(nil)
)

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

// Scratch numbers of the normalizing layers: the normalized input, and 1/deviation.
const (
	slotNormalized = iota
	slotInverse
)

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

func scaleAndShift(b *Builder, features int, noScale, noCenter bool) (gamma, beta *Param, err error) {
	if !noScale {
		if gamma, err = b.Weight("gamma", "ones", features); err != nil {
			return nil, nil, err
		}
	}
	if !noCenter {
		beta, err = b.Weight("beta", "zeros", features)
	}
	return gamma, beta, err
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

func move(average *float32, to, stay float32) {
	*average = float32(*average*stay) + float32(to*(1-stay))
}

// scaleShift does y = x·gamma + beta.
func scaleShift(y, x []float32, gamma, beta *Param, features int) {
	for i, v := range x {
		j := i % features
		if gamma != nil {
			v = float32(v * gamma.Value.Data[j])
		}
		if beta != nil {
			v += beta.Value.Data[j]
		}
		y[i] = v
	}
}

// scaleShiftGrad adds to the gradients of gamma and beta, and returns gamma's factor j.
func scaleShiftGrad(dy, x []float32, gamma, beta *Param, features int) {
	for i, g := range dy {
		j := i % features
		if gamma != nil {
			gamma.Grad.Data[j] += float32(g * x[i])
		}
		if beta != nil {
			beta.Grad.Data[j] += g
		}
	}
}

func factor(gamma *Param, j int) float32 {
	if gamma == nil {
		return 1
	}
	return gamma.Value.Data[j]
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

// LayerNormalization gives each sample's last axis mean 0 and variance 1, then
// scales by gamma and shifts by beta. Ba and others, 2016.
type LayerNormalization struct {
	Epsilon    float64 // 0.001 by default
	NoCenter   bool    // no beta
	NoScale    bool    // no gamma
	InputShape Shape
	Name       string

	gamma, beta *Param
}

// Build asks for gamma and beta.
func (l *LayerNormalization) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) == 0 {
		return nil, fmt.Errorf("LayerNormalization wants samples of 1 or more axes, got %v", in)
	}
	l.gamma, l.beta, err = scaleAndShift(b, in[len(in)-1], l.NoScale, l.NoCenter)
	return in, err
}

// Forward normalizes.
func (l *LayerNormalization) Forward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	for r := range rows {
		inverse[r] = normalize(x[r*features:(r+1)*features], p.In[0].Data[r*features:(r+1)*features], orNumber(l.Epsilon, 0.001))
	}
	scaleShift(p.Out.Data, x, l.gamma, l.beta, features)
}

// normalize gives y mean 0 and variance 1, and returns by what it multiplied.
func normalize(y, x []float32, epsilon float64) float32 {
	n := float64(len(x))
	mean := exact.Sum32To64(x) / n
	for i, v := range x {
		y[i] = float32(float64(v) - mean)
	}
	inverse := float32(1 / math.Sqrt(exact.SumSq32To64(y)/n+epsilon))
	exact.Scale32(y, inverse, y)
	return inverse
}

// Backward computes the gradients.
func (l *LayerNormalization) Backward(p *Pass) {
	rows, features := lastAxis(p.In[0])
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, 1, rows).Data
	scaleShiftGrad(p.OutGrad.Data, x, l.gamma, l.beta, features)
	if dx := p.InGrad[0]; dx != nil {
		for i, g := range p.OutGrad.Data {
			dx.Data[i] = g * factor(l.gamma, i%features)
		}
		for r := range rows {
			normalizeGrad(dx.Data[r*features:(r+1)*features], x[r*features:(r+1)*features], inverse[r])
		}
	}
}

// normalizeGrad turns the gradient by y into that by x.
func normalizeGrad(d, y []float32, inverse float32) {
	n := float64(len(d))
	mean, slope := exact.Sum32To64(d)/n, exact.Dot32To64(d, y)/n
	for i, g := range d {
		d[i] = float32(float64(g)-mean-float64(float64(y[i])*slope)) * inverse
	}
}

// GroupNormalization normalizes each sample in groups of channels, over all its
// other axes, then scales by gamma and shifts by beta. Wu and He, 2018.
type GroupNormalization struct {
	Groups     int     // 32 by default
	Epsilon    float64 // 0.001 by default
	NoCenter   bool    // no beta
	NoScale    bool    // no gamma
	InputShape Shape
	Name       string

	gamma, beta *Param
	channels    int
	places      int // times channels is a sample
}

// Build asks for gamma and beta.
func (l *GroupNormalization) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	groups := orInt(l.Groups, 32)
	if len(in) == 0 || groups < 1 || in[len(in)-1]%groups != 0 {
		return nil, fmt.Errorf("GroupNormalization wants Groups that divide the last axis, got %d groups of samples %v", groups, in)
	}
	l.channels, l.places = in[len(in)-1], in[:len(in)-1].Size()
	l.gamma, l.beta, err = scaleAndShift(b, l.channels, l.NoScale, l.NoCenter)
	return in, err
}

// Forward normalizes.
func (l *GroupNormalization) Forward(p *Pass) {
	groups := orInt(l.Groups, 32)
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, p.Batch(), groups).Data
	room := p.Scratch(2, l.places, l.channels/groups).Data
	for k := range inverse {
		l.pick(room, p.In[0].Data, k, groups)
		inverse[k] = normalize(room, room, orNumber(l.Epsilon, 0.001))
		l.put(x, room, k, groups)
	}
	scaleShift(p.Out.Data, x, l.gamma, l.beta, l.channels)
}

// pick copies group k%groups of sample k/groups to dst, put copies it back.
func (l *GroupNormalization) pick(dst, x []float32, k, groups int) {
	width := l.channels / groups
	for i := range l.places {
		at := (k/groups*l.places+i)*l.channels + k%groups*width
		copy(dst[i*width:(i+1)*width], x[at:])
	}
}

func (l *GroupNormalization) put(x, src []float32, k, groups int) {
	width := l.channels / groups
	for i := range l.places {
		at := (k/groups*l.places+i)*l.channels + k%groups*width
		copy(x[at:], src[i*width:(i+1)*width])
	}
}

// Backward computes the gradients.
func (l *GroupNormalization) Backward(p *Pass) {
	groups := orInt(l.Groups, 32)
	x, inverse := p.Scratch(slotNormalized, 1, len(p.In[0].Data)).Data, p.Scratch(slotInverse, p.Batch(), groups).Data
	scaleShiftGrad(p.OutGrad.Data, x, l.gamma, l.beta, l.channels)
	dx := p.InGrad[0]
	if dx == nil {
		return
	}
	for i, g := range p.OutGrad.Data {
		dx.Data[i] = g * factor(l.gamma, i%l.channels)
	}
	room, y := p.Scratch(2, l.places, l.channels/groups).Data, p.Scratch(3, l.places, l.channels/groups).Data
	for k, v := range inverse {
		l.pick(room, dx.Data, k, groups)
		l.pick(y, x, k, groups)
		normalizeGrad(room, y, v)
		l.put(dx.Data, room, k, groups)
	}
}
