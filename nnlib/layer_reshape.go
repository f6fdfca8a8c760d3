package nnlib

import (
	"fmt"
	"slices"
)

var (
	_ Layer = (*Flatten)(nil)
	_ Layer = (*Reshape)(nil)
	_ Layer = (*Permute)(nil)
	_ Layer = (*RepeatVector)(nil)
)

// Flatten makes one axis of all axes of a sample.
type Flatten struct {
	InputShape Shape
	Name       string

	copied copied
}

// Build says the shape.
func (f *Flatten) Build(b *Builder) (Shape, error) { return Shape{b.In[0].Size()}, nil }

// Forward copies.
func (f *Flatten) Forward(p *Pass) { f.copied.forward(p) }

// Backward copies back.
func (f *Flatten) Backward(p *Pass) { f.copied.backward(p) }

// Reshape gives each sample the shape TargetShape; -1 stands for what fits.
type Reshape struct {
	TargetShape Shape
	InputShape  Shape
	Name        string

	copied copied
}

// Build checks that the elements fit.
func (r *Reshape) Build(b *Builder) (Shape, error) {
	s, err := fitShape(r.TargetShape, b.In[0].Size())
	if err != nil {
		return nil, fmt.Errorf("Reshape cannot make %v of samples %v: %w", r.TargetShape, b.In[0], err)
	}
	return s, nil
}

// Forward copies.
func (r *Reshape) Forward(p *Pass) { r.copied.forward(p) }

// Backward copies back.
func (r *Reshape) Backward(p *Pass) { r.copied.backward(p) }

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
