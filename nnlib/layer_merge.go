package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

var (
	_ Layer = (*Add)(nil)
	_ Layer = (*Subtract)(nil)
	_ Layer = (*Multiply)(nil)
	_ Layer = (*Average)(nil)
	_ Layer = (*Maximum)(nil)
	_ Layer = (*Minimum)(nil)
	_ Layer = (*Concatenate)(nil)
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

// Add is the sum of its inputs.
type Add struct{ Name string }

// Build checks that the inputs are alike.
func (*Add) Build(b *Builder) (Shape, error) { return alike("Add", b.In) }

// Forward adds from left to right.
func (*Add) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		exact.Add32(p.Out.Data, p.Out.Data, x.Data)
	}
}

// Backward passes the gradient to all.
func (*Add) Backward(p *Pass) {
	for _, dx := range p.InGrad {
		if dx != nil {
			copy(dx.Data, p.OutGrad.Data)
		}
	}
}

// Subtract is its first input less its second.
type Subtract struct{ Name string }

// Build checks that there are two alike.
func (*Subtract) Build(b *Builder) (Shape, error) {
	if len(b.In) != 2 {
		return nil, fmt.Errorf("Subtract wants two inputs, got %d", len(b.In))
	}
	return alike("Subtract", b.In)
}

// Forward subtracts.
func (*Subtract) Forward(p *Pass) { exact.Sub32(p.Out.Data, p.In[0].Data, p.In[1].Data) }

// Backward passes the gradient with its sign.
func (*Subtract) Backward(p *Pass) {
	if dx := p.InGrad[0]; dx != nil {
		copy(dx.Data, p.OutGrad.Data)
	}
	if dx := p.InGrad[1]; dx != nil {
		exact.Scale32(dx.Data, -1, p.OutGrad.Data)
	}
}

// Multiply is the product of its inputs, element by element.
type Multiply struct{ Name string }

// Build checks that the inputs are alike.
func (*Multiply) Build(b *Builder) (Shape, error) { return alike("Multiply", b.In) }

// Forward multiplies from left to right.
func (*Multiply) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		exact.Mul32(p.Out.Data, p.Out.Data, x.Data)
	}
}

// Backward multiplies by all the others.
func (*Multiply) Backward(p *Pass) {
	for k, dx := range p.InGrad {
		if dx == nil {
			continue
		}
		copy(dx.Data, p.OutGrad.Data)
		for other, x := range p.In {
			if other != k {
				exact.Mul32(dx.Data, dx.Data, x.Data)
			}
		}
	}
}

// Average is the mean of its inputs.
type Average struct{ Name string }

// Build checks that the inputs are alike.
func (*Average) Build(b *Builder) (Shape, error) { return alike("Average", b.In) }

// Forward adds and divides.
func (*Average) Forward(p *Pass) {
	(&Add{}).Forward(p)
	n := float32(len(p.In))
	for i, v := range p.Out.Data {
		p.Out.Data[i] = v / n
	}
}

// Backward passes each its share.
func (*Average) Backward(p *Pass) {
	n := float32(len(p.In))
	for _, dx := range p.InGrad {
		if dx != nil {
			for i, g := range p.OutGrad.Data {
				dx.Data[i] = g / n
			}
		}
	}
}

// Maximum is the largest of its inputs, element by element.
type Maximum struct{ Name string }

// Build checks that the inputs are alike.
func (*Maximum) Build(b *Builder) (Shape, error) { return alike("Maximum", b.In) }

// Forward takes the largest.
func (*Maximum) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		for i, v := range x.Data {
			p.Out.Data[i] = max(p.Out.Data[i], v)
		}
	}
}

// Backward passes the gradient to the first that is the largest.
func (*Maximum) Backward(p *Pass) { toChosen(p) }

// Minimum is the smallest of its inputs, element by element.
type Minimum struct{ Name string }

// Build checks that the inputs are alike.
func (*Minimum) Build(b *Builder) (Shape, error) { return alike("Minimum", b.In) }

// Forward takes the smallest.
func (*Minimum) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		for i, v := range x.Data {
			p.Out.Data[i] = min(p.Out.Data[i], v)
		}
	}
}

// Backward passes the gradient to the first that is the smallest.
func (*Minimum) Backward(p *Pass) { toChosen(p) }

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

// Concatenate puts its inputs behind one another along an axis.
type Concatenate struct {
	Axis int // of a sample, from 1 as the batch is axis 0, or -1 for the last; the last by default
	Name string

	outer  int   // samples' elements before the axis
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
	c.outer, c.widths, out[axis] = out[:axis].Size(), nil, 0
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
