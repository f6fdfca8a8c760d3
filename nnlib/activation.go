package nnlib

// An Activation is a function without weights. Most work on each element; softmax
// works along the last axis.
type Activation interface {
	// Apply computes y from x; the two have one shape and never share memory.
	Apply(y, x *Tensor)
	// Grad computes dx, the gradient by x, from dy; dx may be dy.
	Grad(dx, dy, x, y *Tensor)
}

// activated is a layer's part that applies an activation to what it computed.
// The linear one costs nothing: the layer then writes to Out itself.
type activated struct {
	f Activation // nil when linear
}

func newActivated(of any) (activated, error) {
	a, err := activations.named("activation", or(of, "linear"))
	if _, linear := a.(*Linear); linear {
		a = nil
	}
	return activated{a}, err
}

// before returns where the layer is to write what the activation gets, in scratch number k.
func (a activated) before(p *Pass, k int) *Tensor {
	if a.f == nil {
		return p.Out
	}
	return p.Scratch(k, p.Out.Shape[0], p.Out.Shape[1:]...)
}

func (a activated) forward(p *Pass, before *Tensor) {
	if a.f != nil {
		a.f.Apply(p.Out, before)
	}
}

// backward turns p.OutGrad, in place, into the gradient by what the activation got.
func (a activated) backward(p *Pass, k int) *Tensor {
	if a.f != nil {
		a.f.Grad(p.OutGrad, p.OutGrad, a.before(p, k), p.Out)
	}
	return p.OutGrad
}
