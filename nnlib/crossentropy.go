package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// probabilities nearer than this to 0 or 1 count as being there, as in Keras.
const tinyProbability float32 = 1e-7

// clipped returns p within [1e-7, 1-1e-7], and whether it was inside.
func clipped(p float32) (q float32, inside bool) {
	q = max(tinyProbability, min(p, 1-tinyProbability))
	return q, q == p
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

// label checks that w is the number of a class.
func label(w float32, classes int) int {
	class := exact.ToInt(float64(w))
	if float32(class) != w || class < 0 || class >= classes {
		panic(fmt.Errorf("nnlib: the label %v is not one of the %d classes 0 to %d; number the classes from 0 and give the last layer as many units", w, classes, classes-1))
	}
	return class
}

func keepWithin(p float32) (q float32, inside bool) {
	q = max(tinyProbability, min(p, 1))
	return q, q == p
}
