package nnlib

// eachOverlap calls part with gradient (nil for none), prediction and target of each
// set whose overlap is measured: the whole batch, whose n samples all get its loss, or
// each sample. part returns the loss, and sets the gradient to n times the loss's.
func eachOverlap(losses []float64, grad, pred, want *Tensor, perSample bool, part func(g, p, w []float32, n float32) float64) {
	if !perSample {
		loss := part(gradRow(grad, 0, len(pred.Data)), pred.Data, want.Data, float32(len(losses)))
		for i := range losses {
			losses[i] = loss
		}
		return
	}
	size := len(pred.Data) / len(losses)
	for i := range losses {
		losses[i] = part(gradRow(grad, i, size), pred.Data[i*size:(i+1)*size], want.Data[i*size:(i+1)*size], 1)
	}
}
