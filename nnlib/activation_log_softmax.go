package nnlib

import "reprise/nnlib/exact"

var _ Activation = (*LogSoftmax)(nil)

// LogSoftmax is the logarithm of Softmax.
type LogSoftmax struct{ room []float32 }

// Apply computes y from x.
func (l *LogSoftmax) Apply(y, x *Tensor) {
	rows, cols := lastAxis(x)
	for r := range rows {
		logSoftmax(y.Data[r*cols:(r+1)*cols], x.Data[r*cols:(r+1)*cols], &l.room)
	}
}

// Grad computes dx = dy - e^y·Σ dy.
func (*LogSoftmax) Grad(dx, dy, _, y *Tensor) {
	rows, cols := lastAxis(y)
	for r := range rows {
		g, v, d := dy.Data[r*cols:(r+1)*cols], y.Data[r*cols:(r+1)*cols], dx.Data[r*cols:(r+1)*cols]
		sum := exact.Sum32(g)
		for i := range d {
			d[i] = g[i] - float32(exact.Exp32(v[i])*sum)
		}
	}
}
