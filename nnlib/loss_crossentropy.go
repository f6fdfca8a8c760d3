package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var (
	_ Loss         = (*BinaryCrossentropyLoss)(nil)
	_ Loss         = (*CategoricalCrossentropyLoss)(nil)
	_ Loss         = (*SparseCategoricalCrossentropyLoss)(nil)
	_ Loss         = (*KLDivergenceLoss)(nil)
	_ targetShaper = (*SparseCategoricalCrossentropyLoss)(nil)
)

// probabilities nearer than this to 0 or 1 count as being there, as in Keras.
const tinyProbability float32 = 1e-7

// clipped returns p within [1e-7, 1-1e-7], and whether it was inside.
func clipped(p float32) (q float32, inside bool) {
	q = max(tinyProbability, min(p, 1-tinyProbability))
	return q, q == p
}

// BinaryCrossentropyLoss is the mean of -want·ln pred - (1-want)·ln(1-pred).
type BinaryCrossentropyLoss struct {
	FromLogits     bool // predictions are before the sigmoid: more accurate
	LabelSmoothing float64
}

// Loss computes losses and gradient.
func (l *BinaryCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	smooth := float32(l.LabelSmoothing)
	n := len(pred.Data) / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * n; k < (i+1)*n; k++ {
			w := float32(want.Data[k]*(1-smooth)) + smooth/2
			loss, slope := l.one(pred.Data[k], w)
			sum += loss
			if grad != nil {
				grad.Data[k] = slope / float32(n)
			}
		}
		losses[i] = sum / float64(n)
	}
}

func (l *BinaryCrossentropyLoss) one(p, w float32) (loss float64, slope float32) {
	if l.FromLogits {
		return float64(exact.Softplus32(p)) - float64(float64(p)*float64(w)), exact.Sigmoid32(p) - w
	}
	q, inside := clipped(p)
	loss = -float64(float64(w)*float64(exact.Log32(q))) - float64(float64(1-w)*float64(exact.Log32(1-q)))
	return loss, keep((q-w)/(q*(1-q)), inside)
}

// CategoricalCrossentropyLoss is -Σ want·ln pred over the last axis, whose
// elements are the classes' probabilities; want is one-hot.
type CategoricalCrossentropyLoss struct {
	FromLogits     bool // predictions are before the softmax: more accurate
	LabelSmoothing float64

	rows rowRoom
}

// Loss computes losses and gradient.
func (l *CategoricalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	l.rows.resize(classes)
	smooth := float32(l.LabelSmoothing)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			for k, w := range want.Data[r*classes : (r+1)*classes] {
				l.rows.want[k] = float32(w*(1-smooth)) + smooth/float32(classes)
			}
			sum += crossentropyRow(gradRow(grad, r, classes), pred.Data[r*classes:(r+1)*classes], &l.rows, l.FromLogits, 1/float32(per))
		}
		losses[i] = sum / float64(per)
	}
}

// rowRoom is room for one row: what is wanted, and two for the computation.
type rowRoom struct{ want, logs, exps []float32 }

func (r *rowRoom) resize(classes int) {
	if len(r.want) != classes {
		r.want, r.logs = make([]float32, classes), make([]float32, classes)
	}
}

// gradRow returns row r of grad, nil for nil.
func gradRow(grad *Tensor, r, cols int) []float32 {
	if grad == nil {
		return nil
	}
	return grad.Data[r*cols : (r+1)*cols]
}

// crossentropyRow returns -Σ w·ln(p / Σp), w being room.want, and its gradient times share, unless g is nil.
func crossentropyRow(g, p []float32, room *rowRoom, logits bool, share float32) float64 {
	w := room.want
	total, weight, loss := exact.Sum32(p), exact.Sum32(w), 0.0
	if logits {
		logSoftmax(room.logs, p, &room.exps)
		for k, v := range room.logs {
			loss -= float64(float64(w[k]) * float64(v))
			if g != nil {
				g[k] = share * (float32(exact.Exp32(v)*weight) - w[k])
			}
		}
		return loss
	}
	passed := float32(0) // Σ w over those that were not clipped
	for k, v := range p {
		q, inside := clipped(v / total)
		loss -= float64(float64(w[k]) * float64(exact.Log32(q)))
		passed += keep(w[k], inside)
	}
	for k, v := range p {
		if g != nil {
			q, inside := clipped(v / total)
			g[k] = share * (passed - keep(w[k]/q, inside)) / total
		}
	}
	return loss
}

// SparseCategoricalCrossentropyLoss is CategoricalCrossentropyLoss with the number of the class in place of a one-hot row.
type SparseCategoricalCrossentropyLoss struct {
	FromLogits bool

	rows rowRoom
}

// Loss computes losses and gradient.
func (l *SparseCategoricalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	l.rows.resize(classes)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			class := label(want.Data[r], classes)
			l.rows.want[class] = 1
			sum += crossentropyRow(gradRow(grad, r, classes), pred.Data[r*classes:(r+1)*classes], &l.rows, l.FromLogits, 1/float32(per))
			l.rows.want[class] = 0
		}
		losses[i] = sum / float64(per)
	}
}

// label checks that w is the number of a class.
func label(w float32, classes int) int {
	class := exact.ToInt(float64(w))
	if float32(class) != w || class < 0 || class >= classes {
		panic(fmt.Errorf("nnlib: the label %v is not one of the %d classes 0 to %d; number the classes from 0 and give the last layer as many units", w, classes, classes-1))
	}
	return class
}

func (*SparseCategoricalCrossentropyLoss) targetShape(pred Shape) Shape { return pred[:len(pred)-1] }

// KLDivergenceLoss is Σ want·ln(want / pred) over the last axis.
type KLDivergenceLoss struct{}

// Loss computes losses and gradient.
func (*KLDivergenceLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	for i := range losses {
		sum := 0.0
		for k := i * per * classes; k < (i+1)*per*classes; k++ {
			p, inside := keepWithin(pred.Data[k])
			w, _ := keepWithin(want.Data[k])
			sum += float64(float64(w) * float64(exact.Log32(w/p)))
			if grad != nil {
				grad.Data[k] = keep(-w/p, inside) / float32(per)
			}
		}
		losses[i] = sum / float64(per)
	}
}

func keepWithin(p float32) (q float32, inside bool) {
	q = max(tinyProbability, min(p, 1))
	return q, q == p
}
