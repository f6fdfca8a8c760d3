package nnlib

var _ Initializer = (*Constant)(nil)

// Constant makes every element Value.
type Constant struct{ Value float64 }

// Init fills w.
func (c *Constant) Init(w *Tensor, _ *Draw) error {
	for i := range w.Data {
		w.Data[i] = float32(c.Value)
	}
	return nil
}
