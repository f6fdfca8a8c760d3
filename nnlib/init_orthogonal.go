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
	rows, cols := lastAxis(w)
	tall := rows >= cols
	if err := d.normalMatrix(w, rows, cols); err != nil {
		return err
	}
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

// normalMatrix draws the matrix that is made orthonormal. Keras draws a wide one as a
// tall one, and turns it.
func (d *Draw) normalMatrix(w *Tensor, rows, cols int) error {
	if _, asTall := d.b.world.(*keras3World); !asTall || rows >= cols {
		return d.Normal(w, 0, 1)
	}
	turned := NewTensor(cols, rows)
	if err := d.Normal(turned, 0, 1); err != nil {
		return err
	}
	for i := range rows {
		for j := range cols {
			w.Data[i*cols+j] = turned.Data[j*rows+i]
		}
	}
	return nil
}
