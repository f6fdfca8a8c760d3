package nnlib

var _ Loss = (*HingeLoss)(nil)

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
