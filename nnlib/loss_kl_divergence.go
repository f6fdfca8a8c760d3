package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*KLDivergenceLoss)(nil)

// KLDivergenceLoss is Σ want·ln(want / pred) over the last axis.
type KLDivergenceLoss struct{}

// Loss computes losses and gradient.
func (*KLDivergenceLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * per * classes; k < (i+1)*per*classes; k++ {
			p, inside := keepWithin(pred.Data[k])
			w, _ := keepWithin(want.Data[k])
			sum += float64(float64(w) * float64(exact.Log32(w/p)))
			if grad != nil {
				grad.Data[k] = keep(-w/p, inside) / float32(per)
			}
		}
		losses[i] = sum / float64(per)
	}
}
