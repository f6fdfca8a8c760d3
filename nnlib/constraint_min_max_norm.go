package nnlib

var _ Constraint = (*MinMaxNorm)(nil)

// MinMaxNorm brings the columns' lengths between MinValue and MaxValue.
type MinMaxNorm struct {
	MinValue float64
	MaxValue float64 // 1 by default
}

// Constrain changes w.
func (c *MinMaxNorm) Constrain(w *Tensor) {
	eachColumn(w, func(norm float64) float64 { return max(c.MinValue, min(norm, orNumber(c.MaxValue, 1))) })
}
