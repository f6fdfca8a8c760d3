package nnlib

import (
	"fmt"
	"slices"
)

// alike returns the one shape that all inputs of a merging layer have.
func alike(who string, in []Shape) (Shape, error) {
	if len(in) < 2 {
		return nil, fmt.Errorf("%s wants two inputs or more, got %d", who, len(in))
	}
	for _, s := range in {
		if !slices.Equal(s, in[0]) {
			return nil, fmt.Errorf("%s wants inputs of one shape, got %v", who, in)
		}
	}
	return in[0], nil
}

// unitedMask hides the steps that all inputs' masks hide; with an input that has no mask, none
// (compute_mask of Keras's merging layers).
func unitedMask(p *Pass) {
	p.OutMask = nil
	for k := range p.In {
		if p.maskOf(k) == nil {
			return
		}
	}
	united := p.Scratch(0, p.Mask.Shape[0], p.Mask.Shape[1:]...)
	copy(united.Data, p.Mask.Data)
	for k := range p.In[1:] {
		for i, v := range p.maskOf(k + 1).Data {
			united.Data[i] = max(united.Data[i], v)
		}
	}
	p.OutMask = united
}

// hides reports whether an input has a mask.
func hides(p *Pass) bool {
	for k := range p.In {
		if p.maskOf(k) != nil {
			return true
		}
	}
	return false
}

// visible folds each element of the inputs that take part in it.
func visible(p *Pass, pick func(a, b float32) float32) {
	for i := range p.Out.Data {
		first := true
		for k, x := range p.In {
			switch {
			case !takesPart(p, k, i):
			case first:
				p.Out.Data[i], first = x.Data[i], false
			default:
				p.Out.Data[i] = pick(p.Out.Data[i], x.Data[i])
			}
		}
	}
}

// takesPart reports whether element i of input k is visible, or the first of those that all are hidden.
func takesPart(p *Pass, k, i int) bool {
	if !hidden(p, k, i) {
		return true
	}
	for other := range p.In {
		if !hidden(p, other, i) {
			return false
		}
	}
	return k == 0
}

func hidden(p *Pass, k, i int) bool {
	m := p.maskOf(k)
	return m != nil && pads(m, i/(len(p.Out.Data)/len(m.Data)))
}

// fillHidden writes v where a mask hides; without a mask it does nothing.
func fillHidden(x, mask *Tensor, v float32) {
	if mask == nil {
		return
	}
	width := len(x.Data) / len(mask.Data)
	for i := range x.Data {
		if mask.Data[i/width] == 0 {
			x.Data[i] = v
		}
	}
}

// toChosen passes each element's gradient to the first input that equals the output there and takes part.
func toChosen(p *Pass) {
	for i, y := range p.Out.Data {
		taken := false
		for k, x := range p.In {
			chosen := !taken && x.Data[i] == y && takesPart(p, k, i)
			taken = taken || chosen
			if dx := p.InGrad[k]; dx != nil {
				dx.Data[i] = keep(p.OutGrad.Data[i], chosen)
			}
		}
	}
}
