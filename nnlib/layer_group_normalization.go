package nnlib

import (
	"fmt"
)

var _ Layer = (*GroupNormalization)(nil)

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
