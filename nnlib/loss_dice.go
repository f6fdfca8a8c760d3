package nnlib

import "reprise/nnlib/exact"

var (
	_ Loss         = (*DiceLoss)(nil)
	_ weightedLoss = (*DiceLoss)(nil)
)

// DiceLoss is 1 - 2·Σ want·pred / (Σ want + Σ pred), for pictures that are to be
// segmented. The sums are over the whole batch, as in Keras by default: all samples
// have one loss.
type DiceLoss struct {
	PerSample bool // sum over each sample by itself
}

// Loss computes losses and gradient.
func (l *DiceLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	l.weightedLoss(losses, grad, pred, want, nil)
}

func (l *DiceLoss) weightedLoss(losses []float64, grad, pred, want *Tensor, weights []float64) {
	eachOverlap(losses, grad, pred, want, l.PerSample, weights, diceOverlap)
}

func diceOverlap(g, p, w []float32, n float32) float64 {
	both, total := 2*exact.Dot32To64(p, w), exact.Sum32To64(p)+exact.Sum32To64(w)+float64(tinyProbability)
	for i := range g {
		g[i] = n * float32((both/total-float64(2*float64(w[i])))/total)
	}
	return 1 - both/total
}
