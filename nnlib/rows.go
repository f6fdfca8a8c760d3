package nnlib

import "reprise/nnlib/exact"

// logSoftmax is exact.LogSoftmax32 for one row, with room that is used again.
func logSoftmax(y, x []float32, room *[]float32) {
	if len(*room) != len(x) {
		*room = make([]float32, len(x))
	}
	largest := exact.Max32(x)
	for i, v := range x {
		y[i] = v - largest
	}
	exact.ExpTo(*room, y)
	sum := float32(exact.Log(exact.Sum32To64(*room)))
	for i, v := range y {
		y[i] = v - sum
	}
}

// lastAxis returns t's rows and the length of its last axis.
func lastAxis(t *Tensor) (rows, cols int) {
	cols = t.Shape[len(t.Shape)-1]
	return len(t.Data) / max(cols, 1), cols
}
