package nnlib

import "fmt"

var (
	_ Layer = (*Conv1D)(nil)
	_ Layer = (*Conv2D)(nil)
	_ Layer = (*DepthwiseConv2D)(nil)
)

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

func newWindow2D(who string, in Shape, size, strides, dilation [2]int, padding string) (window, error) {
	if padding == "causal" {
		return window{}, fmt.Errorf(`%s cannot be causal; its Padding is "valid" or "same"`, who)
	}
	return newWindow(who, [2]int{in[0], in[1]}, size, pair(strides, 1), pair(dilation, 1), padding)
}

// Forward convolves.
func (l *Conv2D) Forward(p *Pass) { l.c.forward(p) }

// Backward computes the gradients.
func (l *Conv2D) Backward(p *Pass) { l.c.backward(p) }

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
