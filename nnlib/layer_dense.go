package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Dense)(nil)

// Dense is activation(x·kernel + bias) along the last axis.
type Dense struct {
	Units      int
	Activation any  // a name or an Activation; linear by default
	NoBias     bool // Keras's use_bias=False

	KernelInitializer any // glorot_uniform by default
	BiasInitializer   any // zeros by default
	KernelRegularizer any
	BiasRegularizer   any
	KernelConstraint  any
	BiasConstraint    any

	InputDim   int    // of the model's samples, where this is the first layer
	InputShape Shape  // or their shape
	Name       string // in Summary and streams; "dense_1" and so on by default

	act          activated
	kernel, bias *Param
	in           int
}

// Build asks for the kernel [in, units] and the bias [units].
func (d *Dense) Build(b *Builder) (Shape, error) {
	in := b.In[0]
	if d.Units < 1 {
		return nil, fmt.Errorf("Dense wants Units of at least 1, got %d", d.Units)
	}
	if len(in) == 0 {
		return nil, fmt.Errorf("Dense wants samples of 1 or more axes, got %v", in)
	}
	d.in = in[len(in)-1]
	var err error
	if d.act, err = newActivated(d.Activation); err != nil {
		return nil, err
	}
	if d.kernel, err = b.Weight("kernel", or(d.KernelInitializer, "glorot_uniform"), d.in, d.Units); err != nil {
		return nil, err
	}
	if err = d.kernel.restrict(d.KernelRegularizer, d.KernelConstraint); err != nil {
		return nil, err
	}
	if !d.NoBias {
		if d.bias, err = b.Weight("bias", or(d.BiasInitializer, "zeros"), d.Units); err != nil {
			return nil, err
		}
		if err = d.bias.restrict(d.BiasRegularizer, d.BiasConstraint); err != nil {
			return nil, err
		}
	}
	return append(in[:len(in)-1:len(in)-1], d.Units), nil
}

// Forward starts each row's chain of products from the bias.
func (d *Dense) Forward(p *Pass) {
	x, y := p.In[0], d.act.before(p, 0)
	rows := len(x.Data) / d.in
	if d.bias != nil {
		for i := range rows {
			copy(y.Data[i*d.Units:(i+1)*d.Units], d.bias.Value.Data)
		}
	}
	exact.Gemm32(false, false, rows, d.Units, d.in, x.Data, d.in, d.kernel.Value.Data, d.Units, y.Data, d.Units, d.bias != nil)
	d.act.forward(p, y)
}

// Backward adds xᵀ·dy to the kernel's gradient and the column sums of dy to the bias's.
func (d *Dense) Backward(p *Pass) {
	dy, x := d.act.backward(p, 0), p.In[0]
	rows := len(x.Data) / d.in
	exact.Gemm32(true, false, d.in, d.Units, rows, x.Data, d.in, dy.Data, d.Units, d.kernel.Grad.Data, d.Units, true)
	if d.bias != nil {
		exact.ColSum32(d.bias.Grad.Data, rows, d.Units, dy.Data, d.Units, true)
	}
	if dx := p.InGrad[0]; dx != nil {
		exact.Gemm32(false, true, rows, d.in, d.Units, dy.Data, d.Units, d.kernel.Value.Data, d.Units, dx.Data, d.in, false)
	}
}

func (d *Dense) inputShape() Shape {
	if d.InputDim != 0 {
		return Shape{d.InputDim}
	}
	return d.InputShape
}
