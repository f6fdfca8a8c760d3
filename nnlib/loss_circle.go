package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var (
	_ Loss          = (*CircleLoss)(nil)
	_ TargetShaper  = (*CircleLoss)(nil)
	_ TargetChecker = (*CircleLoss)(nil)
	_ weightedLoss  = (*CircleLoss)(nil)
)

// CircleLoss makes samples of one class near and of different classes far in direction:
// ln(1 + Σ e^(Gamma·(d+Margin)·(d-Margin)) · Σ e^(Gamma·max(1+Margin-d, 0)·(1-Margin-d))),
// d being 1 - the product of two predictions, the first sum over the others of the
// sample's class and the second over all samples of another. Sun and others, 2020;
// Keras's Circle.
//
// Predictions are vectors of length 1 [batch features], as UnitNormalization makes
// them; targets are whole numbers, one a sample. As in Keras, samples without a loss,
// such as those that have no other of their class in the batch, do not count in the mean.
type CircleLoss struct {
	Gamma        float64 // 80 by default
	Margin       float64 // 0.4 by default
	KeepDiagonal bool    // a sample is one of its class itself; Keras's remove_diagonal=False

	score, slope []float64 // of one sample with each of the batch
	sum          []float64 // the gradient
}

// Loss computes losses and gradient.
func (l *CircleLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	l.weightedLoss(losses, grad, pred, want, nil)
}

func (l *CircleLoss) weightedLoss(losses []float64, grad, pred, want *Tensor, weights []float64) {
	n, size := len(losses), len(pred.Data)/len(losses)
	l.score, l.slope, l.sum = sized(l.score, n), sized(l.slope, n), sized(l.sum, n*size)
	clear(l.sum)
	counted := 0
	for i := range losses {
		losses[i] = l.against(i, pred, want)
		if float32(losses[i]) == 0 {
			losses[i] = 0
			continue
		}
		counted++
		l.spread(i, weightOf(weights, i), pred)
	}
	share := float64(n) / float64(max(counted, 1))
	for i := range losses {
		losses[i] *= share
	}
	if grad != nil {
		for k, g := range l.sum {
			grad.Data[k] = float32(g * share)
		}
	}
}

// against returns the loss of sample i, and leaves its slopes by the products with all samples.
func (l *CircleLoss) against(i int, pred, want *Tensor) float64 {
	size := len(pred.Data) / len(l.score)
	like, unlike := none, none // the largest scores
	for k := range l.score {
		d := 1 - exact.Dot32To64(pred.Data[i*size:(i+1)*size], pred.Data[k*size:(k+1)*size])
		l.score[k], l.slope[k] = l.pair(max(d, 0), want.Data[i] == want.Data[k])
		if d <= 0 { // and stays at 0
			l.slope[k] = 0
		}
		if i == k && !l.KeepDiagonal {
			l.score[k] = none
		}
		if want.Data[i] == want.Data[k] {
			like = max(like, l.score[k])
		} else {
			unlike = max(unlike, l.score[k])
		}
	}
	if like == none || unlike == none {
		return 0
	}
	return l.softened(i, like, unlike, want)
}

// pair returns the score of two samples at the distance d, and its slope by their product.
func (l *CircleLoss) pair(d float64, alike bool) (score, slope float64) {
	gamma, margin := orNumber(l.Gamma, 80), orNumber(l.Margin, 0.4)
	if alike {
		return gamma * (d + margin) * (d - margin), -2 * gamma * d
	}
	weight := 1 + margin - d
	if weight <= 0 {
		return 0, 0
	}
	return gamma * weight * (1 - margin - d), 2 * gamma * (1 - d)
}

// softened returns the loss, and makes slopes of scores slopes of the loss.
func (l *CircleLoss) softened(i int, like, unlike float64, want *Tensor) float64 {
	near, far := 0.0, 0.0
	for k, s := range l.score {
		if want.Data[i] == want.Data[k] {
			l.score[k] = exact.Exp(s - like)
			near += l.score[k]
		} else {
			l.score[k] = exact.Exp(s - unlike)
			far += l.score[k]
		}
	}
	both := like + exact.Log(near) + unlike + exact.Log(far)
	part := exact.Sigmoid(both)
	for k := range l.slope {
		total := far
		if want.Data[i] == want.Data[k] {
			total = near
		}
		l.slope[k] *= part * l.score[k] / total
	}
	return exact.Softplus(both)
}

// spread adds the gradient of sample i's loss to all samples.
func (l *CircleLoss) spread(i int, weight float64, pred *Tensor) {
	size := len(pred.Data) / len(l.slope)
	for k, slope := range l.slope {
		slope *= weight
		for c := range size {
			l.sum[i*size+c] += float64(slope * float64(pred.Data[k*size+c]))
			l.sum[k*size+c] += float64(slope * float64(pred.Data[i*size+c]))
		}
	}
}

// TargetShape is one number a sample.
func (*CircleLoss) TargetShape(pred Shape) Shape {
	if len(pred) != 1 {
		panic(fmt.Errorf("nnlib: circle wants predictions of samples [features], the model makes %v; end it with Flatten and UnitNormalization", pred))
	}
	return pred[:0]
}

// CheckTargets wants whole numbers.
func (*CircleLoss) CheckTargets(want *Tensor) error {
	for i, w := range want.Data {
		if float32(exact.ToInt(float64(w))) != w {
			return fmt.Errorf("circle wants whole numbers for classes, got %v in sample %d; number the classes", w, i)
		}
	}
	return nil
}
