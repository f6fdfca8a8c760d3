package nnlib

var _ Activation = (*SparsePlus)(nil)

// SparsePlus is 0 below -1, x above 1, and (x + 1)²/4 between.
type SparsePlus struct{}

// Apply computes y from x.
func (*SparsePlus) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		switch {
		case v <= -1:
			y.Data[i] = 0
		case v < 1:
			y.Data[i] = float32((v+1)*(v+1)) / 4
		default:
			y.Data[i] = v
		}
	}
}

// Grad computes dx.
func (*SparsePlus) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = dy.Data[i] * max(0, min((v+1)/2, 1))
	}
}
