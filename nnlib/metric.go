package nnlib

// A Metric judges predictions over many batches.
type Metric interface {
	// Name is the metric's key in History and its column in the progress line.
	Name() string
	// Reset forgets all batches.
	Reset()
	// Update adds a batch; the tensors have one shape. weights is nil, or has one number for each sample.
	Update(pred, want *Tensor, weights []float64)
	// Result returns the metric over the batches since Reset.
	Result() float64
}
