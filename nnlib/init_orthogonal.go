package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Initializer = (*Orthogonal)(nil)
	_ Initializer = (*Identity)(nil)
)

// Orthogonal makes the columns (or rows, if there are fewer) of a normal random
// matrix orthonormal, which is the Q of its QR decomposition with a positive
// diagonal of R. Saxe and others, 2013.
type Orthogonal struct {
	Gain float64 // 1 by default
}

// Init fills w; all axes but the last are one.
func (o *Orthogonal) Init(w *Tensor, d *Draw) error {
	if len(w.Shape) < 2 {
		return fmt.Errorf("Orthogonal wants a weight with 2 or more axes, got %v", w.Shape)
	}
	if err := d.Normal(w, 0, 1); err != nil {
		return err
	}
	rows, cols := lastAxis(w)
	tall := rows >= cols
	n, length := min(rows, cols), max(rows, cols)
	vectors := make([][]float64, n)
	place := func(k, i int) int {
		if tall {
			return i*cols + k
		}
		return k*cols + i
	}
	for k := range vectors {
		vectors[k] = make([]float64, length)
		for i := range vectors[k] {
			vectors[k][i] = float64(w.Data[place(k, i)])
		}
	}
	orthonormalise(vectors)
	for k, v := range vectors {
		for i, f := range v {
			w.Data[place(k, i)] = float32(orNumber(o.Gain, 1) * f)
		}
	}
	return nil
}

// orthonormalise is Gram and Schmidt's method, done twice for accuracy.
func orthonormalise(vectors [][]float64) {
	for k, v := range vectors {
		for range 2 {
			for _, u := range vectors[:k] {
				exact.Axpy64(-exact.Dot64(u, v), u, v)
			}
		}
		exact.Scale64(v, 1/math.Sqrt(exact.SumSq64(v)), v)
	}
}

// Identity is the identity matrix times Gain.
type Identity struct {
	Gain float64 // 1 by default
}

// Init fills w.
func (id *Identity) Init(w *Tensor, _ *Draw) error {
	if len(w.Shape) != 2 {
		return fmt.Errorf("Identity wants a weight with 2 axes, got %v", w.Shape)
	}
	clear(w.Data)
	for i := range min(w.Shape[0], w.Shape[1]) {
		w.Data[i*w.Shape[1]+i] = float32(orNumber(id.Gain, 1))
	}
	return nil
}
