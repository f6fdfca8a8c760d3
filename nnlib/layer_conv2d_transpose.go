package nnlib

import "fmt"

var _ Layer = (*Conv2DTranspose)(nil)

// Conv2DTranspose goes the way of a convolution back: [rows cols channels] becomes
// larger by the strides. Zeiler and others, 2010.
type Conv2DTranspose struct {
	Filters    int
	KernelSize [2]int // {3} is {3, 3}
	Strides    [2]int // 1 by default
	Padding    string // "valid" by default, "same"
	Activation any
	NoBias     bool

	KernelInitializer any // glorot_uniform by default
	BiasInitializer   any // zeros by default
	KernelRegularizer any
	BiasRegularizer   any
	KernelConstraint  any
	BiasConstraint    any

	InputShape Shape
	Name       string

	c transposed
}

// Build asks for the kernel [height, width, filters, channels] and the bias.
func (l *Conv2DTranspose) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 3 {
		return nil, fmt.Errorf("Conv2DTranspose wants samples [rows cols channels], got %v", in)
	}
	size := pair(l.KernelSize, 0)
	err := l.c.build(b, [2]int{in[0], in[1]}, size, pair(l.Strides, 1), l.Padding, convolutionConfig{"Conv2DTranspose", l.Filters, 1, l.NoBias, l.Activation,
		l.KernelInitializer, l.BiasInitializer, l.KernelRegularizer, l.BiasRegularizer, l.KernelConstraint, l.BiasConstraint,
		"kernel", []int{size[0], size[1], max(l.Filters, 0), in[2]}})
	return Shape{l.c.in[0], l.c.in[1], l.Filters}, err
}

// Forward spreads each element over its window.
func (l *Conv2DTranspose) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *Conv2DTranspose) Backward(p *Pass) { l.c.backward(p) }
