package nnlib

var _ Loss = (*HuberLoss)(nil)

// HuberLoss is quadratic for errors up to Delta, and linear beyond.
type HuberLoss struct {
	Delta float64 // 1 by default
}

// Loss computes losses and gradient.
func (h *HuberLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	delta := float32(orNumber(h.Delta, 1))
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			e := pred.Data[k] - want.Data[k]
			loss, slope := huber(e, delta)
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}
