package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*MeanSquaredLogarithmicErrorLoss)(nil)

// MeanSquaredLogarithmicErrorLoss is the mean of (ln(1+want) - ln(1+pred))²; numbers below 0 count as 0.
type MeanSquaredLogarithmicErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanSquaredLogarithmicErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		q := max(p, 1e-7)
		e := exact.Log1p32(q) - exact.Log1p32(max(w, 1e-7))
		return float64(e) * float64(e), keep(2*e/(1+q), p > 1e-7)
	})
}
