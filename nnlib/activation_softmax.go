package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*Softmax)(nil)

// Softmax is e^x / Σ e^x along the last axis.
type Softmax struct{}

// Apply computes y from x.
func (*Softmax) Apply(y, x *Tensor) {
	rows, cols := lastAxis(x)
	exact.Softmax32(y.Data, x.Data, rows, cols, cols)
}

// Grad computes dx = y·(dy - Σ dy·y).
func (*Softmax) Grad(dx, dy, _, y *Tensor) {
	rows, cols := lastAxis(y)
	for r := range rows {
		g, v, d := dy.Data[r*cols:(r+1)*cols], y.Data[r*cols:(r+1)*cols], dx.Data[r*cols:(r+1)*cols]
		dot := float32(exact.Dot32To64(g, v))
		for i := range d {
			d[i] = v[i] * (g[i] - dot)
		}
	}
}
