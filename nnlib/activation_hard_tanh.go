package nnlib

var _ Activation = (*HardTanh)(nil)

// HardTanh is x held between -1 and 1.
type HardTanh struct{}

// Apply computes y from x.
func (*HardTanh) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = max(-1, min(v, 1))
	}
}

// Grad computes dx.
func (*HardTanh) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i], v > -1 && v < 1)
	}
}
