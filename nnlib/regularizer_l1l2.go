package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Regularizer = (*L1L2)(nil)
	_ Constraint  = (*MaxNorm)(nil)
	_ Constraint  = (*MinMaxNorm)(nil)
	_ Constraint  = (*NonNeg)(nil)
	_ Constraint  = (*UnitNorm)(nil)
)

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

// NonNeg makes negative elements 0.
type NonNeg struct{}

// Constrain changes w.
func (*NonNeg) Constrain(w *Tensor) {
	for i, v := range w.Data {
		w.Data[i] = keep(v, v > 0)
	}
}

// MaxNorm makes columns, the weights of one output over all axes but the last, no
// longer than MaxValue.
type MaxNorm struct {
	MaxValue float64 // 2 by default
}

// Constrain changes w.
func (c *MaxNorm) Constrain(w *Tensor) {
	eachColumn(w, func(norm float64) float64 { return min(norm, orNumber(c.MaxValue, 2)) })
}

// MinMaxNorm brings the columns' lengths between MinValue and MaxValue.
type MinMaxNorm struct {
	MinValue float64
	MaxValue float64 // 1 by default
}

// Constrain changes w.
func (c *MinMaxNorm) Constrain(w *Tensor) {
	eachColumn(w, func(norm float64) float64 { return max(c.MinValue, min(norm, orNumber(c.MaxValue, 1))) })
}

// UnitNorm makes the columns' lengths 1.
type UnitNorm struct{}

// Constrain changes w.
func (*UnitNorm) Constrain(w *Tensor) { eachColumn(w, func(float64) float64 { return 1 }) }

// eachColumn gives each column the length that want says for its own. Keras goes
// along the first axis; for kernels with two axes that is the same.
func eachColumn(w *Tensor, want func(norm float64) float64) {
	rows, cols := lastAxis(w)
	for j := range cols {
		sum := 0.0
		for i := range rows {
			v := float64(w.Data[i*cols+j])
			sum += float64(v * v)
		}
		norm := math.Sqrt(sum)
		scale := float32(want(norm) / (1e-7 + norm))
		if want(norm) == norm {
			continue
		}
		for i := range rows {
			w.Data[i*cols+j] *= scale
		}
	}
}
