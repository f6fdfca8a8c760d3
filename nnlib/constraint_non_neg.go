package nnlib

var _ Constraint = (*NonNeg)(nil)

// NonNeg makes negative elements 0.
type NonNeg struct{}

// Constrain changes w.
func (*NonNeg) Constrain(w *Tensor) {
	for i, v := range w.Data {
		w.Data[i] = keep(v, v > 0)
	}
}
