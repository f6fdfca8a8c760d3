package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

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
