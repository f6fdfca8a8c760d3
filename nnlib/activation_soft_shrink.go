package nnlib

var _ Activation = (*SoftShrink)(nil)

// SoftShrink is x brought nearer to 0 by Threshold, and 0 where it is not farther away.
type SoftShrink struct {
	Threshold float64 // 0.5 by default
}

// Apply computes y from x.
func (a *SoftShrink) Apply(y, x *Tensor) {
	t := float32(orNumber(a.Threshold, 0.5))
	for i, v := range x.Data {
		y.Data[i] = keep(v-t, v > t) + keep(v+t, v < -t)
	}
}

// Grad computes dx.
func (a *SoftShrink) Grad(dx, dy, x, _ *Tensor) {
	t := float32(orNumber(a.Threshold, 0.5))
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i], v > t || v < -t)
	}
}
