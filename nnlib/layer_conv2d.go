package nnlib

import "fmt"

var _ Layer = (*Conv2D)(nil)

// Conv2D convolves [rows, cols, channels] with Filters kernels.
type Conv2D struct {
	Filters      int
	KernelSize   [2]int // {3} is {3, 3}
	Strides      [2]int // 1 by default
	Padding      string // "valid" by default, "same"
	DilationRate [2]int // 1 by default
	Groups       int    // 1 by default
	Activation   any
	NoBias       bool

	KernelInitializer any // glorot_uniform by default
	BiasInitializer   any // zeros by default
	KernelRegularizer any
	BiasRegularizer   any
	KernelConstraint  any
	BiasConstraint    any

	InputShape Shape
	Name       string

	c convolution
}

// Build asks for the kernel [height, width, channels/groups, filters] and the bias.
func (l *Conv2D) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) != 3 {
		return nil, fmt.Errorf("Conv2D wants samples [rows cols channels], got %v", in)
	}
	size := pair(l.KernelSize, 0)
	if l.c.window, err = newWindow2D("Conv2D", in, size, l.Strides, l.DilationRate, l.Padding); err != nil {
		return nil, err
	}
	groups := orInt(l.Groups, 1)
	err = l.c.build(b, in[2], convolutionConfig{"Conv2D", l.Filters, groups, l.NoBias, l.Activation, l.KernelInitializer, l.BiasInitializer,
		l.KernelRegularizer, l.BiasRegularizer, l.KernelConstraint, l.BiasConstraint, "kernel", []int{size[0], size[1], in[2] / max(groups, 1), max(l.Filters, 0)}})
	return Shape{l.c.out[0], l.c.out[1], l.Filters}, err
}

// Forward convolves.
func (l *Conv2D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *Conv2D) Backward(p *Pass) { l.c.backward(p) }
