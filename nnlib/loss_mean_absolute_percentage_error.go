package nnlib

import (
	"math"
)

var _ Loss = (*MeanAbsolutePercentageErrorLoss)(nil)

// MeanAbsolutePercentageErrorLoss is the mean of 100·|want - pred| / |want|.
type MeanAbsolutePercentageErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanAbsolutePercentageErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		scale := 100 / max(w, -w, 1e-7)
		return math.Abs(float64((p - w) * scale)), sign(p-w) * scale
	})
}
