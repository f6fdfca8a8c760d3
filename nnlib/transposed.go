package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// transposed is the working part of the transposed convolutions: the window slides over
// the output, and each of its positions is an element of the input.
type transposed struct {
	convolution
}

// build asks for the weights; small is the input's size.
func (c *transposed) build(b *Builder, small, size, stride [2]int, padding string, k convolutionConfig) (err error) {
	channels := k.kernelShape[len(k.kernelShape)-1]
	if k.filters < 1 {
		return fmt.Errorf("%s wants Filters of at least 1, got %d", k.who, k.filters)
	}
	var large [2]int
	for a := range 2 {
		if padding == "causal" {
			return fmt.Errorf(`%s cannot be causal; its Padding is "valid" or "same"`, k.who)
		}
		if large[a] = small[a] * stride[a]; padding != "same" {
			large[a] += max(size[a]-stride[a], 0)
		}
	}
	if c.window, err = newWindow(k.who, large, size, stride, [2]int{1, 1}, padding); err != nil {
		return err
	}
	return c.convolution.build(b, channels, k)
}

// forward multiplies each element with the kernel, and adds the window where it belongs.
func (c *transposed) forward(p *Pass) {
	p.OutMask = nil
	y := c.act.before(p, slotBefore)
	clear(y.Data)
	broadcast(y.Data, c.bias, c.filters)
	n, large, small, wide := c.positions(), c.in[0]*c.in[1]*c.filters, c.positions()*c.channels, c.area()*c.filters
	taps := p.Scratch(slotTaps, n, wide)
	for b := range p.Batch() {
		exact.Gemm32(false, true, n, wide, c.channels, p.In[0].Data[b*small:], c.channels, c.kernel.Value.Data, c.channels, taps.Data, wide, false)
		c.scatter(y.Data[b*large:(b+1)*large], taps.Data)
	}
	c.act.forward(p, y)
}

// scatter adds the taps of all positions to y.
func (c *transposed) scatter(y, taps []float32) {
	f := c.filters
	for k, at := range c.taps {
		if at >= 0 {
			d := y[at*f : (at+1)*f]
			exact.Add32(d, d, taps[k*f:(k+1)*f])
		}
	}
}

func (c *transposed) backward(p *Pass) {
	dy := c.act.backward(p, slotBefore)
	n, large, small, wide := c.positions(), c.in[0]*c.in[1]*c.filters, c.positions()*c.channels, c.area()*c.filters
	taps := p.Scratch(slotTapGrads, n, wide)
	for b := range p.Batch() {
		c.collect(taps.Data, dy.Data[b*large:(b+1)*large])
		exact.Gemm32(true, false, wide, c.channels, n, taps.Data, wide, p.In[0].Data[b*small:], c.channels, c.kernel.Grad.Data, c.channels, true)
		if dx := p.InGrad[0]; dx != nil {
			exact.Gemm32(false, false, n, c.channels, wide, taps.Data, wide, c.kernel.Value.Data, c.channels, dx.Data[b*small:], c.channels, false)
		}
	}
	if c.bias != nil {
		exact.ColSum32(c.bias.Grad.Data, p.Batch()*c.in[0]*c.in[1], c.filters, dy.Data, c.filters, true)
	}
}

// collect is scatter's way back.
func (c *transposed) collect(taps, dy []float32) {
	f := c.filters
	for k, at := range c.taps {
		if at < 0 {
			clear(taps[k*f : (k+1)*f])
		} else {
			copy(taps[k*f:(k+1)*f], dy[at*f:])
		}
	}
}
