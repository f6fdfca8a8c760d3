package nnlib

import "reprise/nnlib/exact"

var (
	_ Loss         = (*CategoricalGeneralizedCrossEntropyLoss)(nil)
	_ TargetShaper = (*CategoricalGeneralizedCrossEntropyLoss)(nil)
)

// CategoricalGeneralizedCrossEntropyLoss is (1 - p^Q)/Q, p being the probability of the
// wanted class: it bears wrong labels better than the crossentropy, to which it tends
// as Q goes to 0. Zhang and Sabuncu, 2018. Targets are numbers of classes.
type CategoricalGeneralizedCrossEntropyLoss struct {
	Q float64 // 0.5 by default
}

// Loss computes losses and gradient.
func (l *CategoricalGeneralizedCrossEntropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per, q := rows/len(losses), orNumber(l.Q, 0.5)
	if grad != nil {
		clear(grad.Data)
	}
	for i := range losses {
		losses[i] = 0
		for r := i * per; r < (i+1)*per; r++ {
			at := r*classes + label(want.Data[r], classes)
			p := float64(pred.Data[at])
			losses[i] += (1 - exact.Pow(p, q)) / q / float64(per)
			if grad != nil {
				grad.Data[at] = -float32(exact.Pow(p, q-1)) / float32(per)
			}
		}
	}
}

// TargetShape leaves out the last axis.
func (*CategoricalGeneralizedCrossEntropyLoss) TargetShape(pred Shape) Shape {
	return pred[:len(pred)-1]
}
