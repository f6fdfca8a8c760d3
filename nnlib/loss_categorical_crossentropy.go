package nnlib

var _ Loss = (*CategoricalCrossentropyLoss)(nil)

// CategoricalCrossentropyLoss is -Σ want·ln pred over the last axis, whose
// elements are the classes' probabilities; want is one-hot.
type CategoricalCrossentropyLoss struct {
	FromLogits     bool // predictions are before the softmax: more accurate
	LabelSmoothing float64

	rows rowRoom
}

// Loss computes losses and gradient.
func (l *CategoricalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	l.rows.resize(classes)
	smooth := float32(l.LabelSmoothing)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			for k, w := range want.Data[r*classes : (r+1)*classes] {
				l.rows.want[k] = float32(w*(1-smooth)) + smooth/float32(classes)
			}
			sum += crossentropyRow(gradRow(grad, r, classes), pred.Data[r*classes:(r+1)*classes], &l.rows, l.FromLogits, 1/float32(per))
		}
		losses[i] = sum / float64(per)
	}
}

// CheckTargets wants shares.
func (*CategoricalCrossentropyLoss) CheckTargets(want *Tensor) error {
	return shares("categorical_crossentropy", want)
}
