package nnlib

// separable is the working part of the separable convolutions: one convolution of each
// channel, and one with a window of 1.
type separable struct{ depth, point convolution }

func (c *separable) build(b *Builder, w window, channels int, depth, point convolutionConfig) (err error) {
	c.depth.window = w
	if err = c.depth.build(b, channels, depth); err != nil {
		return err
	}
	one := [2]int{1, 1}
	if c.point.window, err = newWindow(point.who, w.out, one, one, one, ""); err != nil {
		return err
	}
	return c.point.build(b, depth.filters, point)
}

func (c *separable) forward(p *Pass) {
	first, second := p.Sub(0, 1), p.Sub(1, 1)
	first.In[0], first.Out = p.In[0], p.Scratch(0, p.Batch(), c.depth.out[0], c.depth.out[1], c.depth.filters)
	c.depth.forward(first)
	second.In[0], second.Out = first.Out, p.Out
	c.point.forward(second)
	p.OutMask = nil
}

func (c *separable) backward(p *Pass) {
	first, second := p.Sub(0, 1), p.Sub(1, 1)
	between := p.Scratch(1, p.Batch(), c.depth.out[0], c.depth.out[1], c.depth.filters)
	second.OutGrad, second.InGrad[0] = p.OutGrad, between
	c.point.backward(second)
	first.OutGrad, first.InGrad[0] = between, p.InGrad[0]
	c.depth.backward(first)
}
