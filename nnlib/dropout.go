package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

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
