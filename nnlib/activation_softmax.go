package nnlib

import "reprise/nnlib/exact"

var (
	_ Activation = (*Softmax)(nil)
	_ Activation = (*LogSoftmax)(nil)
)

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

// LogSoftmax is the logarithm of Softmax.
type LogSoftmax struct{ room []float32 }

// Apply computes y from x.
func (l *LogSoftmax) Apply(y, x *Tensor) {
	rows, cols := lastAxis(x)
	for r := range rows {
		logSoftmax(y.Data[r*cols:(r+1)*cols], x.Data[r*cols:(r+1)*cols], &l.room)
	}
}

// logSoftmax is exact.LogSoftmax32 for one row, with room that is used again.
func logSoftmax(y, x []float32, room *[]float32) {
	if len(*room) != len(x) {
		*room = make([]float32, len(x))
	}
	largest := exact.Max32(x)
	for i, v := range x {
		y[i] = v - largest
	}
	exact.ExpTo(*room, y)
	sum := float32(exact.Log(exact.Sum32To64(*room)))
	for i, v := range y {
		y[i] = v - sum
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

// lastAxis returns t's rows and the length of its last axis.
func lastAxis(t *Tensor) (rows, cols int) {
	cols = t.Shape[len(t.Shape)-1]
	return len(t.Data) / max(cols, 1), cols
}
