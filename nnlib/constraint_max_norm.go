package nnlib

var _ Constraint = (*MaxNorm)(nil)

// MaxNorm makes columns, the weights of one output over all axes but the last, no
// longer than MaxValue.
type MaxNorm struct {
	MaxValue float64 // 2 by default
}

// Constrain changes w.
func (c *MaxNorm) Constrain(w *Tensor) {
	eachColumn(w, func(norm float64) float64 { return min(norm, orNumber(c.MaxValue, 2)) })
}
