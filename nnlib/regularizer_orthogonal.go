package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

var _ Regularizer = (*OrthogonalRegularizer)(nil)

// OrthogonalRegularizer is Factor times the mean absolute cosine between any two rows
// of a matrix, or columns.
type OrthogonalRegularizer struct {
	Factor float64 // 0.01 by default
	Mode   string  // "rows" by default, or "columns"

	unit, cosines, grads *Tensor // [vectors, length], [vectors, vectors], [vectors, length]
	norms                []float32
}

// Penalty returns the price.
func (o *OrthogonalRegularizer) Penalty(w *Tensor) float64 {
	n, _ := o.prepare(w)
	sum := 0.0
	for i := range n {
		for j := range i {
			sum += math.Abs(float64(o.cosines.Data[i*n+j]))
		}
	}
	return float64(orNumber(o.Factor, 0.01)*sum) / o.pairs(n)
}

func (*OrthogonalRegularizer) pairs(n int) float64 { return max(float64(n*(n-1))/2, 1) }

// prepare computes the vectors with length 1, and their products.
func (o *OrthogonalRegularizer) prepare(w *Tensor) (n, length int) {
	if len(w.Shape) != 2 {
		panic(fmt.Errorf("nnlib: OrthogonalRegularizer is for weights with 2 axes, got %v", w.Shape))
	}
	n, length = w.Shape[0], w.Shape[1]
	if o.columns() {
		n, length = length, n
	}
	if o.unit == nil || len(o.norms) != n || len(o.unit.Data) != n*length {
		o.unit, o.cosines, o.grads, o.norms = NewTensor(n, length), NewTensor(n, n), NewTensor(n, length), make([]float32, n)
	}
	for i := range n {
		u := o.unit.Data[i*length : (i+1)*length]
		for k := range u {
			u[k] = w.Data[o.at(i, k, n, length)]
		}
		o.norms[i] = max(exact.Norm32(u), 1e-12)
		exact.Scale32(u, 1/o.norms[i], u)
	}
	exact.Gemm32(false, true, n, n, length, o.unit.Data, length, o.unit.Data, length, o.cosines.Data, n, false)
	return n, length
}

func (o *OrthogonalRegularizer) columns() bool { return o.Mode == "columns" }

// at is the place in the weight of element k of vector i.
func (o *OrthogonalRegularizer) at(i, k, n, length int) int {
	if o.columns() {
		return k*n + i
	}
	return i*length + k
}

// AddGrad adds the gradient: that by a vector of length 1 is Σ sign(cosine)·other, of
// which the part along the vector has no effect.
func (o *OrthogonalRegularizer) AddGrad(grad, w *Tensor) {
	n, length := o.prepare(w)
	for i := range n {
		for j := range n {
			o.cosines.Data[i*n+j] = sign(keep(o.cosines.Data[i*n+j], i != j))
		}
	}
	exact.Gemm32(false, false, n, length, n, o.cosines.Data, n, o.unit.Data, length, o.grads.Data, length, false)
	share := float32(orNumber(o.Factor, 0.01) / o.pairs(n))
	for i := range n {
		u, g := o.unit.Data[i*length:(i+1)*length], o.grads.Data[i*length:(i+1)*length]
		along := float32(exact.Dot32To64(u, g))
		for k := range u {
			grad.Data[o.at(i, k, n, length)] += float32(share * (g[k] - float32(along*u[k])) / o.norms[i])
		}
	}
}
