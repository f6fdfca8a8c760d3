package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

// plusMinus makes -1 of a target 0, as Keras does for targets of 0 and 1. (It does
// so if all targets are 0 or 1; here each 0 counts as -1.)
func plusMinus(w float32) float32 {
	if w == 0 {
		return -1
	}
	return w
}

// norm is the length of x, or a little where it is 0.
func norm(x []float32) float64 { return math.Sqrt(max(exact.SumSq32To64(x), 1e-12)) }
