package nnlib

var (
	_ Initializer = (*Zeros)(nil)
	_ Initializer = (*Ones)(nil)
	_ Initializer = (*Constant)(nil)
)

// Zeros makes every element 0.
type Zeros struct{}

// Init fills w.
func (*Zeros) Init(w *Tensor, _ *Draw) error { clear(w.Data); return nil }

// Ones makes every element 1.
type Ones struct{}

// Init fills w.
func (*Ones) Init(w *Tensor, d *Draw) error { return (&Constant{1}).Init(w, d) }

// Constant makes every element Value.
type Constant struct{ Value float64 }

// Init fills w.
func (c *Constant) Init(w *Tensor, _ *Draw) error {
	for i := range w.Data {
		w.Data[i] = float32(c.Value)
	}
	return nil
}
