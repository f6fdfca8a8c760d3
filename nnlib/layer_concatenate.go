package nnlib

import (
	"fmt"
	"slices"
)

var _ Layer = (*Concatenate)(nil)

// Concatenate puts its inputs behind one another along an axis.
type Concatenate struct {
	Axis int // of a sample, from 1 as the batch is axis 0, or -1 for the last; the last by default
	Name string

	outer  int   // samples' elements before the axis
	time   bool  // the axis is the first of several
	widths []int // elements of each input from the axis on
}

// Build checks that all other axes are alike.
func (c *Concatenate) Build(b *Builder) (Shape, error) {
	if len(b.In) < 2 || len(b.In[0]) == 0 {
		return nil, fmt.Errorf("Concatenate wants two inputs or more with an axis, got %v", b.In)
	}
	out := slices.Clone(b.In[0])
	axis := c.Axis - 1
	if c.Axis <= 0 {
		axis = len(out) - max(-c.Axis, 1)
	}
	if axis < 0 || axis >= len(out) {
		return nil, fmt.Errorf("Concatenate has no axis %d in samples %v", c.Axis, out)
	}
	c.outer, c.time, c.widths, out[axis] = out[:axis].Size(), axis == 0 && len(out) > 1, nil, 0
	for _, s := range b.In {
		if len(s) != len(out) || !slices.Equal(s[:axis], out[:axis]) || !slices.Equal(s[axis+1:], out[axis+1:]) {
			return nil, fmt.Errorf("Concatenate wants inputs alike in all axes but one, got %v", b.In)
		}
		out[axis] += s[axis]
		c.widths = append(c.widths, s[axis:].Size())
	}
	return out, nil
}

// Forward copies the inputs into the output.
func (c *Concatenate) Forward(p *Pass) {
	c.each(p, func(k, from, to, n int) { copy(p.Out.Data[to:to+n], p.In[k].Data[from:from+n]) })
	if !c.time {
		unitedMask(p)
		return
	}
	if p.OutMask = nil; hides(p) {
		p.OutMask = c.longMask(p)
	}
}

// longMask puts the masks behind one another; an input without one is visible.
func (c *Concatenate) longMask(p *Pass) *Tensor {
	steps := p.Out.Shape[1]
	long := p.Scratch(0, p.Batch(), steps)
	at := 0
	for k, x := range p.In {
		n, m := x.Shape[1], p.maskOf(k)
		for b := range p.Batch() {
			for t := range n {
				long.Data[b*steps+at+t] = keep(1, m == nil || m.Data[b*n+t] != 0)
			}
		}
		at += n
	}
	return long
}

// Backward copies the gradient back.
func (c *Concatenate) Backward(p *Pass) {
	c.each(p, func(k, from, to, n int) {
		if dx := p.InGrad[k]; dx != nil {
			copy(dx.Data[from:from+n], p.OutGrad.Data[to:to+n])
		}
	})
}

// each calls f for each piece: input k's elements from.. are the output's to.. .
func (c *Concatenate) each(p *Pass, f func(k, from, to, n int)) {
	to := 0
	for r := range p.Batch() * c.outer {
		for k, n := range c.widths {
			f(k, r*n, to, n)
			to += n
		}
	}
}
