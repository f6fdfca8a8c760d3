package nnlib

var _ Layer = (*UpSampling1D)(nil)

// UpSampling1D repeats each step of [time, channels] Size times.
type UpSampling1D struct {
	Size       int // 2 by default
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *UpSampling1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = enlarged("UpSampling1D", b.In[0], []int{l.Size})
	return out, err
}

// Forward repeats.
func (l *UpSampling1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward adds up.
func (l *UpSampling1D) Backward(p *Pass) { l.moved.backward(p) }
