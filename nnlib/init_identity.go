package nnlib

import (
	"fmt"
)

var _ Initializer = (*Identity)(nil)

// Identity is the identity matrix times Gain.
type Identity struct {
	Gain float64 // 1 by default
}

// Init fills w.
func (id *Identity) Init(w *Tensor, _ *Draw) error {
	if len(w.Shape) != 2 {
		return fmt.Errorf("Identity wants a weight with 2 axes, got %v", w.Shape)
	}
	clear(w.Data)
	for i := range min(w.Shape[0], w.Shape[1]) {
		w.Data[i*w.Shape[1]+i] = float32(orNumber(id.Gain, 1))
	}
	return nil
}
