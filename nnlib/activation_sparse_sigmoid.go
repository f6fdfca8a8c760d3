package nnlib

var _ Activation = (*SparseSigmoid)(nil)

// SparseSigmoid is 0 below -1, 1 above 1, and (x + 1)/2 between.
type SparseSigmoid struct{}

// Apply computes y from x.
func (*SparseSigmoid) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = max(0, min((v+1)/2, 1))
	}
}

// Grad computes dx.
func (*SparseSigmoid) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i]/2, v > -1 && v < 1)
	}
}
