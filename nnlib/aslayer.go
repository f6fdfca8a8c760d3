package nnlib

import "fmt"

var (
	_ Layer = (*ReLU)(nil)
	_ Layer = (*LeakyReLU)(nil)
	_ Layer = (*ELU)(nil)
	_ Layer = (*Softmax)(nil)
)

// sameShape is Build of an activation that Keras has as a layer too.
func sameShape(who string, b *Builder) (Shape, error) {
	if len(b.In[0]) == 0 {
		return nil, fmt.Errorf("%s wants samples of 1 or more axes, got %v", who, b.In[0])
	}
	return b.In[0], nil
}

func activationBackward(a Activation, p *Pass) {
	if p.InGrad[0] != nil {
		a.Grad(p.InGrad[0], p.OutGrad, p.In[0], p.Out)
	}
}

// Build makes ReLU a layer.
func (a *ReLU) Build(b *Builder) (Shape, error) { return sameShape("ReLU", b) }

// Forward applies the activation.
func (a *ReLU) Forward(p *Pass) { a.Apply(p.Out, p.In[0]) }

// Backward hands the gradient through.
func (a *ReLU) Backward(p *Pass) { activationBackward(a, p) }

// Build makes LeakyReLU a layer; its slope is then 0.3 by default, as in Keras.
func (a *LeakyReLU) Build(b *Builder) (Shape, error) {
	a.asLayer = true
	return sameShape("LeakyReLU", b)
}

// Forward applies the activation.
func (a *LeakyReLU) Forward(p *Pass) { a.Apply(p.Out, p.In[0]) }

// Backward hands the gradient through.
func (a *LeakyReLU) Backward(p *Pass) { activationBackward(a, p) }

// Build makes ELU a layer.
func (a *ELU) Build(b *Builder) (Shape, error) { return sameShape("ELU", b) }

// Forward applies the activation.
func (a *ELU) Forward(p *Pass) { a.Apply(p.Out, p.In[0]) }

// Backward hands the gradient through.
func (a *ELU) Backward(p *Pass) { activationBackward(a, p) }

// Build makes Softmax a layer.
func (a *Softmax) Build(b *Builder) (Shape, error) { return sameShape("Softmax", b) }

// Forward applies the activation.
func (a *Softmax) Forward(p *Pass) { a.Apply(p.Out, p.In[0]) }

// Backward hands the gradient through.
func (a *Softmax) Backward(p *Pass) { activationBackward(a, p) }
