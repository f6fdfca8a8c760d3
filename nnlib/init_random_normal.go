package nnlib

var _ Initializer = (*RandomNormal)(nil)

// RandomNormal draws normally.
type RandomNormal struct {
	Mean   float64
	StdDev float64 // 0.05 by default
}

// Init fills w.
func (r *RandomNormal) Init(w *Tensor, d *Draw) error {
	return d.Normal(w, r.Mean, orNumber(r.StdDev, 0.05))
}
