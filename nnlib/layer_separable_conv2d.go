package nnlib

import "fmt"

var _ Layer = (*SeparableConv2D)(nil)

// SeparableConv2D convolves each channel of [rows cols channels] by itself, with
// DepthMultiplier kernels, and then mixes them into Filters. Chollet, 2016.
type SeparableConv2D struct {
	Filters         int
	KernelSize      [2]int
	Strides         [2]int // 1 by default
	Padding         string // "valid" by default, "same"
	DilationRate    [2]int // 1 by default
	DepthMultiplier int    // 1 by default
	Activation      any
	NoBias          bool

	DepthwiseInitializer any // glorot_uniform by default
	PointwiseInitializer any // glorot_uniform by default
	BiasInitializer      any // zeros by default
	DepthwiseRegularizer any
	PointwiseRegularizer any
	BiasRegularizer      any
	DepthwiseConstraint  any
	PointwiseConstraint  any
	BiasConstraint       any

	InputShape Shape
	Name       string

	c separable
}

// Build asks for both kernels and the bias.
func (l *SeparableConv2D) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 3 {
		return nil, fmt.Errorf("SeparableConv2D wants samples [rows cols channels], got %v", in)
	}
	size, times := pair(l.KernelSize, 0), orInt(l.DepthMultiplier, 1)
	window, err := newWindow2D("SeparableConv2D", in, size, l.Strides, l.DilationRate, l.Padding)
	if err != nil {
		return nil, err
	}
	kernels := [2][]int{{size[0], size[1], in[2], max(times, 0)}, {1, 1, in[2] * max(times, 0), max(l.Filters, 0)}}
	depth := convolutionConfig{who: "SeparableConv2D", filters: in[2] * times, groups: in[2], noBias: true, kernelInit: l.DepthwiseInitializer,
		kernelRegularizer: l.DepthwiseRegularizer, kernelConstraint: l.DepthwiseConstraint, kernelName: "depthwise_kernel", kernelShape: kernels[0]}
	point := convolutionConfig{"SeparableConv2D", l.Filters, 1, l.NoBias, l.Activation, l.PointwiseInitializer, l.BiasInitializer,
		l.PointwiseRegularizer, l.BiasRegularizer, l.PointwiseConstraint, l.BiasConstraint, "pointwise_kernel", kernels[1]}
	err = l.c.build(b, window, in[2], depth, point)
	return Shape{l.c.depth.out[0], l.c.depth.out[1], l.Filters}, err
}

// Forward convolves twice.
func (l *SeparableConv2D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *SeparableConv2D) Backward(p *Pass) { l.c.backward(p) }
