package nnlib

import (
	"fmt"
	"slices"
)

var _ Layer = (*Permute)(nil)

// Permute puts a sample's axes into the order Dims, which count from 1.
type Permute struct {
	Dims       []int
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks that Dims has every axis once.
func (l *Permute) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	out := make(Shape, len(l.Dims))
	for k, d := range l.Dims {
		if len(l.Dims) != len(in) || d < 1 || d > len(in) || slices.Contains(l.Dims[:k], d) {
			return nil, fmt.Errorf("Permute wants each of the axes 1 to %d of samples %v once, got %v", len(in), in, l.Dims)
		}
		out[k] = in[d-1]
	}
	place := make([]int, len(in))
	l.moved = rearrange(in, out, func(at []int) []int {
		for k, d := range l.Dims {
			place[d-1] = at[k]
		}
		return place
	})
	return out, nil
}

// Forward moves the elements.
func (l *Permute) Forward(p *Pass) { l.moved.forward(p) }

// Backward moves them back.
func (l *Permute) Backward(p *Pass) { l.moved.backward(p) }
