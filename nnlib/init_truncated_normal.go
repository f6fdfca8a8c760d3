package nnlib

var _ Initializer = (*TruncatedNormal)(nil)

// TruncatedNormal draws normally, within two deviations of the mean.
type TruncatedNormal struct {
	Mean   float64
	StdDev float64 // 0.05 by default, before truncation
}

// Init fills w.
func (r *TruncatedNormal) Init(w *Tensor, d *Draw) error {
	return d.TruncatedNormal(w, r.Mean, orNumber(r.StdDev, 0.05))
}
