package nnlib

import "math"

var _ Initializer = (*GlorotNormal)(nil)

// GlorotNormal draws normally with variance 2/(in+out), truncated.
type GlorotNormal struct{}

// Init fills w.
func (*GlorotNormal) Init(w *Tensor, d *Draw) error {
	return d.TruncatedNormal(w, 0, math.Sqrt(1/fanAverage(w.Shape))/truncatedDeviation)
}
