package nnlib

import "fmt"

var _ Layer = (*DepthwiseConv2D)(nil)

// DepthwiseConv2D convolves each channel of [rows, cols, channels] by itself, with DepthMultiplier kernels.
type DepthwiseConv2D struct {
	KernelSize      [2]int // {3} is {3, 3}
	Strides         [2]int // 1 by default
	Padding         string // "valid" by default, "same"
	DilationRate    [2]int // 1 by default
	DepthMultiplier int    // 1 by default
	Activation      any
	NoBias          bool

	DepthwiseInitializer any // glorot_uniform by default
	BiasInitializer      any // zeros by default
	DepthwiseRegularizer any
	BiasRegularizer      any
	DepthwiseConstraint  any
	BiasConstraint       any

	InputShape Shape
	Name       string

	c convolution
}

// Build asks for the kernel [height, width, channels, multiplier] and the bias.
func (l *DepthwiseConv2D) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) != 3 {
		return nil, fmt.Errorf("DepthwiseConv2D wants samples [rows cols channels], got %v", in)
	}
	size, times := pair(l.KernelSize, 0), orInt(l.DepthMultiplier, 1)
	if l.c.window, err = newWindow2D("DepthwiseConv2D", in, size, l.Strides, l.DilationRate, l.Padding); err != nil {
		return nil, err
	}
	err = l.c.build(b, in[2], convolutionConfig{"DepthwiseConv2D", in[2] * times, in[2], l.NoBias, l.Activation, l.DepthwiseInitializer, l.BiasInitializer,
		l.DepthwiseRegularizer, l.BiasRegularizer, l.DepthwiseConstraint, l.BiasConstraint, "kernel", []int{size[0], size[1], in[2], max(times, 0)}})
	return Shape{l.c.out[0], l.c.out[1], in[2] * times}, err
}

// Forward convolves.
func (l *DepthwiseConv2D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *DepthwiseConv2D) Backward(p *Pass) { l.c.backward(p) }
