package nnlib

var _ Activation = (*HardShrink)(nil)

// HardShrink is x, and 0 where |x| is not above Threshold.
type HardShrink struct {
	Threshold float64 // 0.5 by default
}

// Apply computes y from x.
func (a *HardShrink) Apply(y, x *Tensor) {
	t := float32(orNumber(a.Threshold, 0.5))
	for i, v := range x.Data {
		y.Data[i] = keep(v, v > t || v < -t)
	}
}

// Grad computes dx.
func (a *HardShrink) Grad(dx, dy, x, _ *Tensor) {
	t := float32(orNumber(a.Threshold, 0.5))
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i], v > t || v < -t)
	}
}
