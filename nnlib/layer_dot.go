package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Dot)(nil)

// Dot is the product of two inputs along an axis of each. Samples [n] and [n] become
// [1]; with two axes, [a n] and [n b] become [a b].
type Dot struct {
	Axes      [2]int // of the first and the second input, from 1; {1} is {1, 1}
	Normalize bool   // the cosine: both have the length 1 along their axes first
	Name      string

	in      [2]Shape
	strides [2][3]int // of each input: how many vectors, how far apart, and their elements
	long    int       // of the vectors
}

// Build checks that the axes are equally long.
func (l *Dot) Build(b *Builder) (Shape, error) {
	if len(b.In) != 2 {
		return nil, fmt.Errorf("Dot wants two inputs, got %d", len(b.In))
	}
	axes, out := pair(l.Axes, 1), Shape{}
	for k, in := range b.In {
		axis := axes[k] - 1
		if axis < 0 || axis >= len(in) || len(in) > 2 {
			return nil, fmt.Errorf("Dot wants samples of 1 or 2 axes, and Axes among them from 1, got %v and %v for %v", axes[0], axes[1], b.In)
		}
		l.in[k], l.strides[k] = in, [3]int{1, in.Size(), 1}
		if len(in) == 2 && axis == 0 {
			l.strides[k] = [3]int{in[1], 1, in[1]}
		} else if len(in) == 2 {
			l.strides[k] = [3]int{in[0], in[1], 1}
		}
		if len(in) == 2 {
			out = append(out, in[1-axis])
		}
	}
	l.long = l.in[0][axes[0]-1]
	if other := l.in[1][axes[1]-1]; other != l.long {
		return nil, fmt.Errorf("Dot wants axes of one length, got %d and %d of %v", l.long, other, b.In)
	}
	if len(out) == 0 {
		out = Shape{1}
	}
	return out, nil
}

// Forward lays the vectors of each input out as rows, and multiplies.
func (l *Dot) Forward(p *Pass) {
	p.OutMask = nil
	n, rows, cols := p.Batch(), l.strides[0][0], l.strides[1][0]
	x, y := l.rows(p, 0), l.rows(p, 1)
	exact.GemmBatch32(n, false, true, rows, cols, l.long, x.Data, l.long, rows*l.long, y.Data, l.long, cols*l.long, p.Out.Data, cols, rows*cols, false)
}

// rows returns the vectors of input k [batch, vectors, long], normalized if asked for.
func (l *Dot) rows(p *Pass, k int) *Tensor {
	s, n := l.strides[k], p.Batch()
	t := p.Scratch(k, n, s[0], l.long)
	norms := p.Scratch(2+k, n, s[0])
	size := l.in[k].Size()
	for v := range n * s[0] {
		row := t.Data[v*l.long : (v+1)*l.long]
		for e := range row {
			row[e] = p.In[k].Data[v/s[0]*size+v%s[0]*s[1]+e*s[2]]
		}
		if l.Normalize {
			norms.Data[v] = max(exact.Norm32(row), 1e-6)
			exact.Scale32(row, 1/norms.Data[v], row)
		}
	}
	return t
}

// Backward multiplies the other way.
func (l *Dot) Backward(p *Pass) {
	n, rows, cols := p.Batch(), l.strides[0][0], l.strides[1][0]
	x, y := p.Scratch(0, n, rows, l.long), p.Scratch(1, n, cols, l.long)
	if p.InGrad[0] != nil {
		g := p.Scratch(4, n, rows, l.long)
		exact.GemmBatch32(n, false, false, rows, l.long, cols, p.OutGrad.Data, cols, rows*cols, y.Data, l.long, cols*l.long, g.Data, l.long, rows*l.long, false)
		l.back(p, 0, x, g)
	}
	if p.InGrad[1] != nil {
		g := p.Scratch(5, n, cols, l.long)
		exact.GemmBatch32(n, true, false, cols, l.long, rows, p.OutGrad.Data, cols, rows*cols, x.Data, l.long, rows*l.long, g.Data, l.long, cols*l.long, false)
		l.back(p, 1, y, g)
	}
}

// back puts the gradient by the vectors t where input k has them.
func (l *Dot) back(p *Pass, k int, t, g *Tensor) {
	s, size := l.strides[k], l.in[k].Size()
	for v := range p.Batch() * s[0] {
		row, grad := t.Data[v*l.long:(v+1)*l.long], g.Data[v*l.long:(v+1)*l.long]
		along, scale := float32(0), float32(1)
		if l.Normalize {
			along, scale = float32(exact.Dot32To64(row, grad)), 1/p.Scratch(2+k, p.Batch(), s[0]).Data[v]
		}
		for e := range row {
			p.InGrad[k].Data[v/s[0]*size+v%s[0]*s[1]+e*s[2]] = (grad[e] - float32(along*row[e])) * scale
		}
	}
}
