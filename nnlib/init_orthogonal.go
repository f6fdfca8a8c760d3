package nnlib

import (
	"fmt"
)

var _ Initializer = (*Orthogonal)(nil)

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
