package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Regularizer = (*L1L2)(nil)

// L1L2 is L1·Σ|w| + L2·Σw². The names "l1" and "l2" have a factor of 0.01.
type L1L2 struct{ L1, L2 float64 }

// Penalty returns the price.
func (r *L1L2) Penalty(w *Tensor) float64 {
	price := 0.0
	if r.L1 != 0 {
		sum := 0.0
		for _, v := range w.Data {
			sum += math.Abs(float64(v))
		}
		price += float64(r.L1 * sum)
	}
	if r.L2 != 0 {
		price += float64(r.L2 * exact.SumSq32To64(w.Data))
	}
	return price
}

// AddGrad adds the gradient.
func (r *L1L2) AddGrad(grad, w *Tensor) {
	l1, l2 := float32(r.L1), float32(2*r.L2)
	for i, v := range w.Data {
		grad.Data[i] += float32(l1*sign(v)) + float32(l2*v)
	}
}
