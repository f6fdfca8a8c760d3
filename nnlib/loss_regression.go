package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Loss = (*MeanAbsoluteErrorLoss)(nil)
	_ Loss = (*MeanAbsolutePercentageErrorLoss)(nil)
	_ Loss = (*MeanSquaredLogarithmicErrorLoss)(nil)
	_ Loss = (*HuberLoss)(nil)
	_ Loss = (*LogCoshLoss)(nil)
	_ Loss = (*PoissonLoss)(nil)
)

// elementLoss returns the loss of one element and its derivative by the prediction.
type elementLoss func(pred, want float32) (loss float64, slope float32)

// meanOfElements makes a sample's loss the mean over its elements.
func meanOfElements(losses []float64, grad, pred, want *Tensor, f elementLoss) {
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			loss, slope := f(pred.Data[k], want.Data[k])
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}

// sign returns -1, 0 or 1.
func sign(x float32) float32 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// MeanAbsoluteErrorLoss is the mean of |want - pred|.
type MeanAbsoluteErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanAbsoluteErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		return math.Abs(float64(p - w)), sign(p - w)
	})
}

// MeanAbsolutePercentageErrorLoss is the mean of 100·|want - pred| / |want|.
type MeanAbsolutePercentageErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanAbsolutePercentageErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		scale := 100 / max(w, -w, 1e-7)
		return math.Abs(float64((p - w) * scale)), sign(p-w) * scale
	})
}

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

// HuberLoss is quadratic for errors up to Delta, and linear beyond.
type HuberLoss struct {
	Delta float64 // 1 by default
}

// Loss computes losses and gradient.
func (h *HuberLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	delta := float32(orNumber(h.Delta, 1))
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			e := pred.Data[k] - want.Data[k]
			loss, slope := huber(e, delta)
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}

func huber(e, delta float32) (loss float64, slope float32) {
	if a := max(e, -e); a > delta {
		d := float64(delta)
		return float64(d*float64(a)) - float64(d*d/2), delta * sign(e)
	}
	return float64(e) * float64(e) / 2, e
}

// LogCoshLoss is the mean of ln cosh(pred - want).
type LogCoshLoss struct{}

// Loss computes losses and gradient: ln cosh e = e + softplus(-2e) - ln 2.
func (*LogCoshLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		e := p - w
		return float64(e) + float64(exact.Softplus32(-2*e)) - math.Ln2, exact.Tanh32(e)
	})
}

// PoissonLoss is the mean of pred - want·ln pred.
type PoissonLoss struct{}

// Loss computes losses and gradient.
func (*PoissonLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		return float64(p) - float64(w*exact.Log32(p+1e-7)), 1 - float32(w/(p+1e-7))
	})
}
