package nnlib

var _ Layer = (*UpSampling2D)(nil)

// UpSampling2D repeats rows and columns of [rows, cols, channels]: Keras's interpolation "nearest".
type UpSampling2D struct {
	Size       [2]int // 2 and 2 by default
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *UpSampling2D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = enlarged("UpSampling2D", b.In[0], l.Size[:])
	return out, err
}

// Forward repeats.
func (l *UpSampling2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward adds up.
func (l *UpSampling2D) Backward(p *Pass) { l.moved.backward(p) }
