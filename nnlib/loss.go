package nnlib

// A Loss says how far predictions are from what they should be.
type Loss interface {
	// Loss sets losses[i] to the loss of sample i and, unless grad is nil, sample i
	// of grad to the gradient of losses[i] by pred. All tensors have one shape.
	Loss(losses []float64, grad, pred, want *Tensor)
}

// targetShaper is a loss that wants targets of another shape than the predictions.
type targetShaper interface{ targetShape(pred Shape) Shape }
