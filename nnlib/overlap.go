package nnlib

// eachOverlap calls part with gradient (nil for none), prediction and target of each
// set whose overlap is measured: the whole batch, whose n samples all get its loss, or
// each sample. weights are the samples' (nil: 1 each), which grad is to have. part returns the loss, and sets the gradient to n times the loss's.
func eachOverlap(losses []float64, grad, pred, want *Tensor, perSample bool, weights []float64, part func(g, p, w []float32, n float32) float64) {
	if !perSample {
		total := 0.0
		for i := range losses {
			total += weightOf(weights, i)
		}
		loss := part(gradRow(grad, 0, len(pred.Data)), pred.Data, want.Data, float32(total))
		for i := range losses {
			losses[i] = loss
		}
		return
	}
	size := len(pred.Data) / len(losses)
	for i := range losses {
		losses[i] = part(gradRow(grad, i, size), pred.Data[i*size:(i+1)*size], want.Data[i*size:(i+1)*size], float32(weightOf(weights, i)))
	}
}
