package nnlib

var _ Activation = (*Softsign)(nil)

// Softsign is x / (1 + |x|).
type Softsign struct{}

// Apply computes y from x.
func (*Softsign) Apply(y, x *Tensor) {
	for i, v := range x.Data {
		y.Data[i] = v / (1 + max(v, -v))
	}
}

// Grad computes dx = dy / (1 + |x|)².
func (*Softsign) Grad(dx, dy, x, _ *Tensor) {
	for i, v := range x.Data {
		d := 1 + max(v, -v)
		dx.Data[i] = dy.Data[i] / (d * d)
	}
}
