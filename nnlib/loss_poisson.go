package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*PoissonLoss)(nil)

// PoissonLoss is the mean of pred - want·ln pred.
type PoissonLoss struct{}

// Loss computes losses and gradient.
func (*PoissonLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		return float64(p) - float64(w*exact.Log32(p+1e-7)), 1 - float32(w/(p+1e-7))
	})
}
