package nnlib

var _ Loss = (*MeanSquaredErrorLoss)(nil)

// MeanSquaredErrorLoss is the mean of (want - pred)² over a sample. (The function
// MeanSquaredError is the metric of scikit-learn.)
type MeanSquaredErrorLoss struct{}

// Loss computes losses and gradient.
func (*MeanSquaredErrorLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	n := len(pred.Data) / len(losses)
	scale := 2 / float32(n)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			e := pred.Data[k] - want.Data[k]
			sum += float64(float64(e) * float64(e))
			if grad != nil {
				grad.Data[k] = scale * e
			}
		}
		losses[i] = sum / float64(n)
	}
}
