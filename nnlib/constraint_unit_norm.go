package nnlib

var _ Constraint = (*UnitNorm)(nil)

// UnitNorm makes the columns' lengths 1.
type UnitNorm struct{}

// Constrain changes w.
func (*UnitNorm) Constrain(w *Tensor) { eachColumn(w, func(float64) float64 { return 1 }) }
