package nnlib

var _ Activation = (*LeakyReLU)(nil)

// LeakyReLU is x, or where that is negative x·NegativeSlope.
type LeakyReLU struct {
	NegativeSlope float64 // 0.2 by default, as the function leaky_relu of Keras 3
}

// Apply computes y from x.
func (l *LeakyReLU) Apply(y, x *Tensor) {
	slope := float32(orNumber(l.NegativeSlope, 0.2))
	for i, v := range x.Data {
		if v < 0 {
			v *= slope
		}
		y.Data[i] = v
	}
}

// Grad computes dx.
func (l *LeakyReLU) Grad(dx, dy, x, _ *Tensor) {
	slope := float32(orNumber(l.NegativeSlope, 0.2))
	for i, v := range x.Data {
		g := dy.Data[i]
		if v < 0 {
			g *= slope
		}
		dx.Data[i] = g
	}
}
