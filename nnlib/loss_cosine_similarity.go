package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*CosineSimilarityLoss)(nil)

// CosineSimilarityLoss is minus the cosine of the angle between want and pred, along the last axis.
type CosineSimilarityLoss struct{}

// Loss computes losses and gradient.
func (*CosineSimilarityLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, cols := lastAxis(pred)
	per := rows / len(losses)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			p, w := pred.Data[r*cols:(r+1)*cols], want.Data[r*cols:(r+1)*cols]
			np, nw := norm(p), norm(w)
			cosine := exact.Dot32To64(p, w) / (np * nw)
			sum -= cosine
			if g := gradRow(grad, r, cols); g != nil {
				for k := range g {
					g[k] = float32((float64(cosine*float64(p[k]))/(np*np) - float64(w[k])/(np*nw)) / float64(per))
				}
			}
		}
		losses[i] = sum / float64(per)
	}
}
