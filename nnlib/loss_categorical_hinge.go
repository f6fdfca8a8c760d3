package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Loss = (*CategoricalHingeLoss)(nil)

// CategoricalHingeLoss is max(neg - pos + 1, 0) over the last axis: pos is Σ
// want·pred, neg the largest of (1-want)·pred. want is one-hot.
type CategoricalHingeLoss struct{}

// Loss computes losses and gradient.
func (*CategoricalHingeLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, cols := lastAxis(pred)
	per := rows / len(losses)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			p, w := pred.Data[r*cols:(r+1)*cols], want.Data[r*cols:(r+1)*cols]
			pos, worst := float32(exact.Dot32To64(p, w)), 0
			for k := range p {
				if (1-w[k])*p[k] > (1-w[worst])*p[worst] {
					worst = k
				}
			}
			margin := float32((1-w[worst])*p[worst]) - pos + 1
			sum += float64(max(margin, 0))
			if g := gradRow(grad, r, cols); g != nil {
				for k := range g {
					g[k] = keep(-w[k]/float32(per), margin > 0)
				}
				g[worst] += keep((1-w[worst])/float32(per), margin > 0)
			}
		}
		losses[i] = sum / float64(per)
	}
}
