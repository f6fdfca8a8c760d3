package nnlib

import (
	"math"
)

var _ Loss = (*MeanAbsoluteErrorLoss)(nil)

// MeanAbsoluteErrorLoss is the mean of |want - pred|.
type MeanAbsoluteErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanAbsoluteErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		return math.Abs(float64(p - w)), sign(p - w)
	})
}
