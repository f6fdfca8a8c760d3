package nnlib

import (
	"fmt"
)

var _ Layer = (*RepeatVector)(nil)

// RepeatVector turns [features] into [N features].
type RepeatVector struct {
	N          int
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *RepeatVector) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 1 || l.N < 1 {
		return nil, fmt.Errorf("RepeatVector wants samples [features] and an N of at least 1, got %v and %d", in, l.N)
	}
	out := Shape{l.N, in[0]}
	l.moved = rearrange(in, out, func(at []int) []int { return at[1:] })
	return out, nil
}

// Forward repeats.
func (l *RepeatVector) Forward(p *Pass) { l.moved.forward(p) }

// Backward adds up.
func (l *RepeatVector) Backward(p *Pass) { l.moved.backward(p) }
