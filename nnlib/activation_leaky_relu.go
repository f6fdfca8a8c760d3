package nnlib

var _ Activation = (*LeakyReLU)(nil)

// LeakyReLU is x, or where that is negative x·NegativeSlope.
type LeakyReLU struct {
	NegativeSlope float64 // 0.2 by default, as the function leaky_relu of Keras 3; 0.3 as a layer

	asLayer bool
}

func (l *LeakyReLU) slope() float32 {
	if l.asLayer {
		return float32(orNumber(l.NegativeSlope, 0.3))
	}
	return float32(orNumber(l.NegativeSlope, 0.2))
}

// Apply computes y from x.
func (l *LeakyReLU) Apply(y, x *Tensor) {
	slope := l.slope()
	for i, v := range x.Data {
		if v < 0 {
			v *= slope
		}
		y.Data[i] = v
	}
}

// Grad computes dx.
func (l *LeakyReLU) Grad(dx, dy, x, _ *Tensor) {
	slope := l.slope()
	for i, v := range x.Data {
		g := dy.Data[i]
		if v < 0 {
			g *= slope
		}
		dx.Data[i] = g
	}
}
