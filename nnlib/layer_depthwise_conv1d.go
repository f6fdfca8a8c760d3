package nnlib

import "fmt"

var _ Layer = (*DepthwiseConv1D)(nil)

// DepthwiseConv1D convolves each channel of [time, channels] by itself, with DepthMultiplier kernels.
type DepthwiseConv1D struct {
	KernelSize      int
	Strides         int    // 1 by default
	Padding         string // "valid" by default, "same", "causal"
	DilationRate    int    // 1 by default
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

// Build asks for the kernel [size, channels, multiplier] and the bias.
func (l *DepthwiseConv1D) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("DepthwiseConv1D wants samples [time channels], got %v", in)
	}
	times := orInt(l.DepthMultiplier, 1)
	l.c.window, err = newWindow("DepthwiseConv1D", [2]int{1, in[0]}, [2]int{1, l.KernelSize}, [2]int{1, orInt(l.Strides, 1)}, [2]int{1, orInt(l.DilationRate, 1)}, l.Padding)
	if err != nil {
		return nil, err
	}
	err = l.c.build(b, in[1], convolutionConfig{"DepthwiseConv1D", in[1] * times, in[1], l.NoBias, l.Activation, l.DepthwiseInitializer, l.BiasInitializer,
		l.DepthwiseRegularizer, l.BiasRegularizer, l.DepthwiseConstraint, l.BiasConstraint, "kernel", []int{l.KernelSize, in[1], max(times, 0)}})
	return Shape{l.c.out[1], in[1] * times}, err
}

// Forward convolves.
func (l *DepthwiseConv1D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *DepthwiseConv1D) Backward(p *Pass) { l.c.backward(p) }
