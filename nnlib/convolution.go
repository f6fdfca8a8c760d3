package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// convolution is the working part of the convolving layers: sample by sample, the
// taps of all positions are laid out as a matrix, whose product with the kernel is
// the output. The kernel's gradient is one chain over all positions of all samples.
type convolution struct {
	window
	shared
	channels, filters, groups int
	kernel, bias              *Param
	act                       activated
	y, laid                   *Tensor // in forward: sums, and room for each piece's taps
}

// Scratch numbers.
const (
	slotBefore = iota // what the activation gets
	slotTaps
	slotTapGrads
)

type convolutionConfig struct {
	who                                string
	filters, groups                    int
	noBias                             bool
	activation                         any
	kernelInit, biasInit               any
	kernelRegularizer, biasRegularizer any
	kernelConstraint, biasConstraint   any
	kernelName                         string
	kernelShape                        []int
}

func (c *convolution) build(b *Builder, channels int, k convolutionConfig) (err error) {
	c.channels, c.filters, c.groups = channels, k.filters, k.groups
	if c.filters < 1 || c.groups < 1 || channels%c.groups != 0 || c.filters%c.groups != 0 {
		return fmt.Errorf("%s wants Filters of at least 1, and Groups that divide them and the %d channels; got %d and %d", k.who, channels, k.filters, k.groups)
	}
	if c.act, err = newActivated(k.activation); err != nil {
		return err
	}
	if c.kernel, err = b.Weight(k.kernelName, or(k.kernelInit, "glorot_uniform"), k.kernelShape...); err != nil {
		return err
	}
	if err = c.kernel.restrict(k.kernelRegularizer, k.kernelConstraint); err != nil || k.noBias {
		return err
	}
	if c.bias, err = b.Weight("bias", or(k.biasInit, "zeros"), c.filters); err != nil {
		return err
	}
	return c.bias.restrict(k.biasRegularizer, k.biasConstraint)
}

func (c *convolution) forward(p *Pass) {
	p.OutMask = nil
	c.y = c.act.before(p, slotBefore)
	broadcast(c.y.Data, c.bias, c.filters)
	c.cut(p, p.Batch()*c.positions()*c.long()*(c.filters/c.groups+tapWork)*c.groups)
	c.laid = p.Scratch(slotTaps, c.pieces*c.positions(), c.long())
	exact.Share(convolve{c}, c.pieces)
	c.act.forward(p, c.y)
}

// long is how many numbers the taps of a position are, in one group.
func (c *convolution) long() int { return c.area() * c.channels / c.groups }

type convolve struct{ *convolution }

func (c convolve) Piece(i int) {
	in, out := c.in[0]*c.in[1]*c.channels, c.positions()*c.filters
	cg, fg, long := c.channels/c.groups, c.filters/c.groups, c.long()
	taps := c.laid.Data[i*c.positions()*long : (i+1)*c.positions()*long]
	from, to := c.samples(i)
	for b := from; b < to; b++ {
		for g := range c.groups {
			c.layOut(taps, c.p.In[0].Data[b*in:(b+1)*in], g*cg, cg)
			exact.Gemm32(false, false, c.positions(), fg, long, taps, long, c.kernel.Value.Data[g*fg:], c.filters, c.y.Data[b*out+g*fg:], c.filters, c.bias != nil)
		}
	}
}

// layOut copies the channels from first on of each tap of each position.
func (c *convolution) layOut(taps, x []float32, first, channels int) {
	if channels == 1 { // nothing to copy in one go
		stride, x, taps := c.channels, x[first:], taps[:len(c.taps)]
		for k, at := range c.taps {
			v := float32(0)
			if at >= 0 {
				v = x[at*stride]
			}
			taps[k] = v
		}
		return
	}
	for k, at := range c.taps {
		t := taps[k*channels : (k+1)*channels]
		if at < 0 {
			clear(t)
		} else {
			copy(t, x[at*c.channels+first:])
		}
	}
}

func (c *convolution) backward(p *Pass) {
	dy := c.act.backward(p, slotBefore)
	in, out := c.in[0]*c.in[1]*c.channels, c.positions()*c.filters
	cg, fg, long := c.channels/c.groups, c.filters/c.groups, c.long()
	taps, tapGrads := p.Scratch(slotTaps, c.positions(), long), p.Scratch(slotTapGrads, c.positions(), long)
	dx := p.InGrad[0]
	if dx != nil {
		clear(dx.Data)
	}
	for b := range p.Batch() {
		for g := range c.groups {
			d := dy.Data[b*out+g*fg:]
			c.layOut(taps.Data, p.In[0].Data[b*in:(b+1)*in], g*cg, cg)
			exact.Gemm32(true, false, long, fg, c.positions(), taps.Data, long, d, c.filters, c.kernel.Grad.Data[g*fg:], c.filters, true)
			if dx != nil {
				exact.Gemm32(false, true, c.positions(), long, fg, d, c.filters, c.kernel.Value.Data[g*fg:], c.filters, tapGrads.Data, long, false)
				c.gatherIn(dx.Data[b*in:(b+1)*in], tapGrads.Data, g*cg, cg)
			}
		}
	}
	if c.bias != nil {
		exact.ColSum32(c.bias.Grad.Data, p.Batch()*c.positions(), c.filters, dy.Data, c.filters, true)
	}
}

// gatherIn is layOut's way back: it adds.
func (c *convolution) gatherIn(dx, tapGrads []float32, first, channels int) {
	for k, at := range c.taps {
		if at >= 0 {
			d := dx[at*c.channels+first : at*c.channels+first+channels]
			exact.Add32(d, d, tapGrads[k*channels:(k+1)*channels])
		}
	}
}
