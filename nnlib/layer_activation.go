package nnlib

import "errors"

var _ Layer = (*ActivationLayer)(nil)

// ActivationLayer applies an activation; it is Keras's layer Activation. (Here an
// Activation is the function.)
type ActivationLayer struct {
	Activation any // a name or an Activation
	InputShape Shape
	Name       string

	f Activation
}

// Build looks the activation up.
func (a *ActivationLayer) Build(b *Builder) (Shape, error) {
	if a.Activation == nil {
		return nil, errors.New(`ActivationLayer wants an Activation, such as "relu"`)
	}
	if len(b.In[0]) == 0 {
		return nil, errors.New("ActivationLayer wants samples of 1 or more axes, got []")
	}
	var err error
	a.f, err = activations.named("activation", a.Activation)
	return b.In[0], err
}

// Forward applies the activation.
func (a *ActivationLayer) Forward(p *Pass) { a.f.Apply(p.Out, p.In[0]) }

// Backward hands the gradient through.
func (a *ActivationLayer) Backward(p *Pass) {
	if p.InGrad[0] != nil {
		a.f.Grad(p.InGrad[0], p.OutGrad, p.In[0], p.Out)
	}
}
