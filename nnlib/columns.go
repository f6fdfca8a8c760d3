package nnlib

import (
	"math"
)

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
