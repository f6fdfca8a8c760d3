package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Loss = (*HingeLoss)(nil)
	_ Loss = (*SquaredHingeLoss)(nil)
	_ Loss = (*CategoricalHingeLoss)(nil)
	_ Loss = (*CosineSimilarityLoss)(nil)
)

// plusMinus makes -1 of a target 0, as Keras does for targets of 0 and 1. (It does
// so if all targets are 0 or 1; here each 0 counts as -1.)
func plusMinus(w float32) float32 {
	if w == 0 {
		return -1
	}
	return w
}

// HingeLoss is the mean of max(1 - want·pred, 0) for targets of -1 and 1, or 0 and 1.
type HingeLoss struct{}

// Loss computes losses and gradient.
func (*HingeLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		w = plusMinus(w)
		margin := 1 - float32(w*p)
		return float64(max(margin, 0)), keep(-w, margin > 0)
	})
}

// SquaredHingeLoss is the mean of max(1 - want·pred, 0)².
type SquaredHingeLoss struct{}

// Loss computes losses and gradient.
func (*SquaredHingeLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, func(p, w float32) (float64, float32) {
		w = plusMinus(w)
		margin := max(1-float32(w*p), 0)
		return float64(margin) * float64(margin), -2 * w * margin
	})
}

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

// norm is the length of x, or a little where it is 0.
func norm(x []float32) float64 { return math.Sqrt(max(exact.SumSq32To64(x), 1e-12)) }
