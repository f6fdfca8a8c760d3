package nnlib

import "reprise/nnlib/exact"

var (
	_ Loss         = (*TverskyLoss)(nil)
	_ weightedLoss = (*TverskyLoss)(nil)
)

// TverskyLoss is 1 - Σ want·pred / (Σ want·pred + Alpha·Σ want·(1-pred) + Beta·Σ (1-want)·pred):
// Alpha is what a miss costs, Beta a false alarm. Salehi and others, 2017. The sums are
// over the whole batch, as in Keras by default: all samples have one loss.
type TverskyLoss struct {
	Alpha     float64 // 0.5 by default
	Beta      float64 // 0.5 by default
	PerSample bool    // sum over each sample by itself
}

// Loss computes losses and gradient.
func (l *TverskyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	l.weightedLoss(losses, grad, pred, want, nil)
}

func (l *TverskyLoss) weightedLoss(losses []float64, grad, pred, want *Tensor, weights []float64) {
	alpha, beta := orNumber(l.Alpha, 0.5), orNumber(l.Beta, 0.5)
	eachOverlap(losses, grad, pred, want, l.PerSample, weights, func(g, p, w []float32, n float32) float64 {
		both := exact.Dot32To64(p, w)
		total := both + float64(alpha*(exact.Sum32To64(w)-both)) + float64(beta*(exact.Sum32To64(p)-both)) + float64(tinyProbability)
		for i := range g {
			slope := float64(float64(w[i])*(1-alpha-beta)) + beta // of total
			g[i] = n * float32((float64(both/total*slope)-float64(w[i]))/total)
		}
		return 1 - both/total
	})
}
