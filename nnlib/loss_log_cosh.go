package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Loss = (*LogCoshLoss)(nil)

// LogCoshLoss is the mean of ln cosh(pred - want).
type LogCoshLoss struct{}

// Loss computes losses and gradient: ln cosh e = e + softplus(-2e) - ln 2.
func (*LogCoshLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		e := p - w
		return float64(e) + float64(exact.Softplus32(-2*e)) - math.Ln2, exact.Tanh32(e)
	})
}
