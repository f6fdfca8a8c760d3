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

// toChosen passes each element's gradient to the first input that equals the output there.
func toChosen(p *Pass) {
	for i, y := range p.Out.Data {
		taken := false
		for k, x := range p.In {
			chosen := !taken && x.Data[i] == y
			taken = taken || chosen
			if dx := p.InGrad[k]; dx != nil {
				dx.Data[i] = keep(p.OutGrad.Data[i], chosen)
			}
		}
	}
}
