package nnlib

var _ Activation = (*ELU)(nil)

// ELU is x, or where that is negative Alpha·(e^x - 1). Clevert and others, 2015.
type ELU struct {
	Alpha float64 // 1 by default
}

// Apply computes y from x.
func (e *ELU) Apply(y, x *Tensor) { elu(y, x, float32(orNumber(e.Alpha, 1)), 1) }

// Grad computes dx.
func (e *ELU) Grad(dx, dy, x, y *Tensor) { eluGrad(dx, dy, x, y, float32(orNumber(e.Alpha, 1)), 1) }
