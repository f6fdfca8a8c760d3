package nnlib

// elementLoss returns the loss of one element and its derivative by the prediction.
type elementLoss func(pred, want float32) (loss float64, slope float32)

// meanOfElements makes a sample's loss the mean over its elements.
func meanOfElements(losses []float64, grad, pred, want *Tensor, f elementLoss) {
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			loss, slope := f(pred.Data[k], want.Data[k])
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}

// sign returns -1, 0 or 1.
func sign(x float32) float32 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func huber(e, delta float32) (loss float64, slope float32) {
	if a := max(e, -e); a > delta {
		d := float64(delta)
		return float64(d*float64(a)) - float64(d*d/2), delta * sign(e)
	}
	return float64(e) * float64(e) / 2, e
}
