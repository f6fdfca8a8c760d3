package nnlib

var _ Layer = (*ZeroPadding1D)(nil)

// ZeroPadding1D adds zeros before and after the time axis of [time, channels].
type ZeroPadding1D struct {
	Padding    [2]int // before, after
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *ZeroPadding1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("ZeroPadding1D", b.In[0], [][2]int{l.Padding})
	return out, err
}

// Forward pads.
func (l *ZeroPadding1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward leaves the padding out.
func (l *ZeroPadding1D) Backward(p *Pass) { l.moved.backward(p) }
