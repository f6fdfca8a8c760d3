package nnlib

var _ Activation = (*HardSiLU)(nil)

// HardSiLU is x·relu6(x + 3) / 6, also known as hard_swish. Howard and others, 2019.
type HardSiLU struct{}

// Apply computes y from x.
func (*HardSiLU) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v * max(0, min(v+3, 6)) / 6
	}
}

// Grad computes dx.
func (*HardSiLU) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		g := keep(float32(float32(2*v)+3)/6, v > -3 && v < 3)
		if v >= 3 {
			g = 1
		}
		dx.Data[i] = dy.Data[i] * g
	}
}
