package nnlib

var _ Activation = (*HardSigmoid)(nil)

// HardSigmoid is relu6(x + 3) / 6, as in Keras 3.
type HardSigmoid struct{}

// Apply computes y from x.
func (*HardSigmoid) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = max(0, min(v+3, 6)) / 6
	}
}

// Grad computes dx.
func (*HardSigmoid) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i]/6, v > -3 && v < 3)
	}
}
