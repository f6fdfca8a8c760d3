package nnlib

import "fmt"

var _ Layer = (*SeparableConv1D)(nil)

// SeparableConv1D convolves each channel of [time channels] by itself, with
// DepthMultiplier kernels, and then mixes them into Filters. Chollet, 2016.
type SeparableConv1D struct {
	Filters         int
	KernelSize      int
	Strides         int    // 1 by default
	Padding         string // "valid" by default, "same", "causal"
	DilationRate    int    // 1 by default
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
func (l *SeparableConv1D) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("SeparableConv1D wants samples [time channels], got %v", in)
	}
	times := orInt(l.DepthMultiplier, 1)
	window, err := newWindow("SeparableConv1D", [2]int{1, in[0]}, [2]int{1, l.KernelSize}, [2]int{1, orInt(l.Strides, 1)}, [2]int{1, orInt(l.DilationRate, 1)}, l.Padding)
	if err != nil {
		return nil, err
	}
	kernels := [2][]int{{l.KernelSize, in[1], max(times, 0)}, {1, in[1] * max(times, 0), max(l.Filters, 0)}}
	depth := convolutionConfig{who: "SeparableConv1D", filters: in[1] * times, groups: in[1], noBias: true, kernelInit: l.DepthwiseInitializer,
		kernelRegularizer: l.DepthwiseRegularizer, kernelConstraint: l.DepthwiseConstraint, kernelName: "depthwise_kernel", kernelShape: kernels[0]}
	point := convolutionConfig{"SeparableConv1D", l.Filters, 1, l.NoBias, l.Activation, l.PointwiseInitializer, l.BiasInitializer,
		l.PointwiseRegularizer, l.BiasRegularizer, l.PointwiseConstraint, l.BiasConstraint, "pointwise_kernel", kernels[1]}
	err = l.c.build(b, window, in[1], depth, point)
	return Shape{l.c.depth.out[1], l.Filters}, err
}

// Forward convolves twice.
func (l *SeparableConv1D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *SeparableConv1D) Backward(p *Pass) { l.c.backward(p) }
