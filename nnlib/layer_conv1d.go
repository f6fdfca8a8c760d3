package nnlib

import "fmt"

var _ Layer = (*Conv1D)(nil)

// Conv1D convolves [time, channels] with Filters kernels.
type Conv1D struct {
	Filters      int
	KernelSize   int
	Strides      int    // 1 by default
	Padding      string // "valid" by default, "same", "causal"
	DilationRate int    // 1 by default
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

// Build asks for the kernel [size, channels/groups, filters] and the bias.
func (l *Conv1D) Build(b *Builder) (_ Shape, err error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("Conv1D wants samples [time channels], got %v", in)
	}
	padding := l.Padding
	l.c.window, err = newWindow("Conv1D", [2]int{1, in[0]}, [2]int{1, l.KernelSize}, [2]int{1, orInt(l.Strides, 1)}, [2]int{1, orInt(l.DilationRate, 1)}, padding)
	if err != nil {
		return nil, err
	}
	groups := orInt(l.Groups, 1)
	err = l.c.build(b, in[1], convolutionConfig{"Conv1D", l.Filters, groups, l.NoBias, l.Activation, l.KernelInitializer, l.BiasInitializer,
		l.KernelRegularizer, l.BiasRegularizer, l.KernelConstraint, l.BiasConstraint, "kernel", []int{l.KernelSize, in[1] / max(groups, 1), max(l.Filters, 0)}})
	return Shape{l.c.out[1], l.Filters}, err
}

// Forward convolves.
func (l *Conv1D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *Conv1D) Backward(p *Pass) { l.c.backward(p) }
