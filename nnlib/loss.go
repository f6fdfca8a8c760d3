package nnlib

import "fmt"

// A Loss says how far predictions are from what they should be.
type Loss interface {
	// Loss sets losses[i] to the loss of sample i and, unless grad is nil, sample i
	// of grad to the gradient of losses[i] by pred. All tensors have one shape.
	Loss(losses []float64, grad, pred, want *Tensor)
}

// A weightedLoss is a Loss of samples that depend on one another: grad is the gradient
// of the sum of all losses, each by its weight (1 for nil); losses are not weighted.
type weightedLoss interface {
	weightedLoss(losses []float64, grad, pred, want *Tensor, weights []float64)
}

// A TargetShaper is a Loss that wants targets of another shape than the
// predictions, such as the numbers of classes; -1 is an axis of any length.
type TargetShaper interface{ TargetShape(pred Shape) Shape }

// A TargetChecker is a Loss that says what is wrong with targets, before it is asked for losses.
type TargetChecker interface{ CheckTargets(want *Tensor) error }

// shares wants targets from 0 to 1.
func shares(who string, want *Tensor) error {
	for i, w := range want.Data {
		if w < 0 || w > 1 {
			return fmt.Errorf("%s wants targets from 0 to 1, got %v in sample %d; number two classes 0 and 1, one-hot more of them (or take sparse_categorical_crossentropy)", who, w, i/max(Shape(want.Shape[1:]).Size(), 1))
		}
	}
	return nil
}
