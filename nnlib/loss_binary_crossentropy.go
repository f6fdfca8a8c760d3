package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*BinaryCrossentropyLoss)(nil)

// BinaryCrossentropyLoss is the mean of -want·ln pred - (1-want)·ln(1-pred).
type BinaryCrossentropyLoss struct {
	FromLogits     bool // predictions are before the sigmoid: more accurate
	LabelSmoothing float64
}

// Loss computes losses and gradient.
func (l *BinaryCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	smooth := float32(l.LabelSmoothing)
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			w := float32(want.Data[k]*(1-smooth)) + float32(smooth/2)
			loss, slope := l.one(pred.Data[k], w)
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}

func (l *BinaryCrossentropyLoss) one(p, w float32) (loss float64, slope float32) {
	if l.FromLogits {
		return float64(exact.Softplus32(p)) - float64(float64(p)*float64(w)), exact.Sigmoid32(p) - w
	}
	q, inside := clipped(p)
	loss = -float64(float64(w)*float64(exact.Log32(q))) - float64(float64(1-w)*float64(exact.Log32(1-q)))
	return loss, keep((q-w)/(q*(1-q)), inside)
}

// CheckTargets wants shares.
func (*BinaryCrossentropyLoss) CheckTargets(want *Tensor) error {
	return shares("binary_crossentropy", want)
}
