package nnlib

// A Regularizer adds a price for a weight's values to the loss.
type Regularizer interface {
	// Penalty returns the price.
	Penalty(w *Tensor) float64
	// AddGrad adds the price's gradient to grad.
	AddGrad(grad, w *Tensor)
}

// A Constraint brings a weight back into a set after each step.
type Constraint interface {
	Constrain(w *Tensor)
}

// restrict sets a weight's regularizer and constraint, each a value, a name or nil.
func (p *Param) restrict(regularizer, constraint any) (err error) {
	if p.Regularizer, err = regularizers.optional("regularizer", regularizer); err != nil {
		return err
	}
	p.Constraint, err = constraints.optional("constraint", constraint)
	return err
}

// or returns what was given, or else the default.
func or(given, otherwise any) any {
	if given == nil {
		return otherwise
	}
	return given
}
