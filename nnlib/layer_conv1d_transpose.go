package nnlib

import "fmt"

var _ Layer = (*Conv1DTranspose)(nil)

// Conv1DTranspose goes the way of a convolution back: [time channels] becomes longer by the strides.
type Conv1DTranspose struct {
	Filters    int
	KernelSize int
	Strides    int    // 1 by default
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

// Build asks for the kernel [size, filters, channels] and the bias.
func (l *Conv1DTranspose) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("Conv1DTranspose wants samples [time channels], got %v", in)
	}
	err := l.c.build(b, [2]int{1, in[0]}, [2]int{1, l.KernelSize}, [2]int{1, orInt(l.Strides, 1)}, l.Padding, convolutionConfig{"Conv1DTranspose", l.Filters, 1, l.NoBias, l.Activation,
		l.KernelInitializer, l.BiasInitializer, l.KernelRegularizer, l.BiasRegularizer, l.KernelConstraint, l.BiasConstraint,
		"kernel", []int{max(l.KernelSize, 0), max(l.Filters, 0), in[1]}})
	return Shape{l.c.in[1], l.Filters}, err
}

// Forward spreads each element over its window.
func (l *Conv1DTranspose) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *Conv1DTranspose) Backward(p *Pass) { l.c.backward(p) }
