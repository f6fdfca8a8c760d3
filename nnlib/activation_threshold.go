package nnlib

var _ Activation = (*Threshold)(nil)

// Threshold is x where it is above Threshold, and Value elsewhere.
type Threshold struct {
	Threshold float64
	Value     float64
}

// Apply computes y from x.
func (a *Threshold) Apply(y, x *Tensor) {
	t, value := float32(a.Threshold), float32(a.Value)
	for i, v := range x.Data {
		y.Data[i] = value
		if v > t {
			y.Data[i] = v
		}
	}
}

// Grad computes dx.
func (a *Threshold) Grad(dx, dy, x, _ *Tensor) {
	t := float32(a.Threshold)
	for i, v := range x.Data {
		dx.Data[i] = keep(dy.Data[i], v > t)
	}
}
