package nnlib

// A Loss says how far predictions are from what they should be.
type Loss interface {
	// Loss sets losses[i] to the loss of sample i and, unless grad is nil, sample i
	// of grad to the gradient of losses[i] by pred. All tensors have one shape.
	Loss(losses []float64, grad, pred, want *Tensor)
}

// A TargetShaper is a Loss that wants targets of another shape than the
// predictions, such as the numbers of classes.
type TargetShaper interface{ TargetShape(pred Shape) Shape }
