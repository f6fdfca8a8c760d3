package nnlib

var _ Loss = (*SquaredHingeLoss)(nil)

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
