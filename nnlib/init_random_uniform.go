package nnlib

var _ Initializer = (*RandomUniform)(nil)

// RandomUniform draws uniformly between MinVal and MaxVal, ±0.05 where both are 0.
type RandomUniform struct{ MinVal, MaxVal float64 }

// Init fills w.
func (r *RandomUniform) Init(w *Tensor, d *Draw) error {
	if r.MinVal == 0 && r.MaxVal == 0 {
		return d.Uniform(w, -0.05, 0.05)
	}
	return d.Uniform(w, r.MinVal, r.MaxVal)
}
