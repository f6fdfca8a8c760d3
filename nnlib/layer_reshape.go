package nnlib

import (
	"fmt"
)

var _ Layer = (*Reshape)(nil)

// Reshape gives each sample the shape TargetShape; -1 stands for what fits.
type Reshape struct {
	TargetShape Shape
	InputShape  Shape
	Name        string

	copied copied
}

// Build checks that the elements fit.
func (r *Reshape) Build(b *Builder) (Shape, error) {
	s, err := fitShape(r.TargetShape, b.In[0].Size())
	if err != nil {
		return nil, fmt.Errorf("Reshape cannot make %v of samples %v: %w", r.TargetShape, b.In[0], err)
	}
	return s, nil
}

// Forward copies.
func (r *Reshape) Forward(p *Pass) { r.copied.forward(p) }

// Backward copies back.
func (r *Reshape) Backward(p *Pass) { r.copied.backward(p) }
