package nnlib

import "reprise/nnlib/exact"

var _ Loss = (*CategoricalFocalCrossentropyLoss)(nil)

// CategoricalFocalCrossentropyLoss is Σ Alpha·(1-p)^Gamma·(-want·ln p) over the last
// axis: what is right already counts less. Lin and others, 2017.
type CategoricalFocalCrossentropyLoss struct {
	FromLogits     bool
	LabelSmoothing float64
	Gamma          float64 // 2 by default
	Alpha          float64 // 0.25 by default

	p, d []float32 // of one row: the probabilities, the gradient by them
}

// Loss computes losses and gradient.
func (l *CategoricalFocalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	if len(l.p) != classes {
		l.p, l.d = make([]float32, classes), make([]float32, classes)
	}
	for i := range losses {
		losses[i] = 0
		for r := i * per; r < (i+1)*per; r++ {
			x := pred.Data[r*classes : (r+1)*classes]
			losses[i] += l.row(x, want.Data[r*classes:(r+1)*classes]) / float64(per)
			if g := gradRow(grad, r, classes); g != nil {
				l.back(g, x, 1/float32(per))
			}
		}
	}
}

// row sets l.p and l.d, and returns the loss.
func (l *CategoricalFocalCrossentropyLoss) row(x, want []float32) (loss float64) {
	if l.FromLogits {
		exact.Softmax32(l.p, x, 1, len(x), len(x))
	} else {
		exact.Scale32(l.p, 1/exact.Sum32(x), x)
	}
	gamma, alpha, smooth := orNumber(l.Gamma, 2), orNumber(l.Alpha, 0.25), l.LabelSmoothing
	for k, p := range l.p {
		w := float64(float64(want[k])*(1-smooth)) + smooth/float64(len(x))
		clipped, inside := clipped(p)
		q := float64(clipped)
		log, f := exact.Log(q), exact.Pow(1-q, gamma)
		loss -= float64(alpha * f * w * log)
		l.d[k] = 0
		if inside {
			l.d[k] = float32(alpha * w * (float64(gamma*exact.Pow(1-q, gamma-1)*log) - f/q))
		}
	}
	return loss
}

// back sets g to the gradient by what the probabilities were made of.
func (l *CategoricalFocalCrossentropyLoss) back(g, x []float32, share float32) {
	dot := float32(exact.Dot32To64(l.d, l.p))
	total := exact.Sum32(x)
	for k, p := range l.p {
		if l.FromLogits {
			g[k] = share * p * (l.d[k] - dot)
		} else {
			g[k] = share * (l.d[k] - dot) / total
		}
	}
}

// CheckTargets wants shares.
func (*CategoricalFocalCrossentropyLoss) CheckTargets(want *Tensor) error {
	return shares("categorical_focal_crossentropy", want)
}
