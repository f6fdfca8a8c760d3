package nnlib

var _ Layer = (*ZeroPadding2D)(nil)

// ZeroPadding2D adds zeros around the rows and columns of [rows, cols, channels].
type ZeroPadding2D struct {
	Padding    [2][2]int // {top, bottom}, {left, right}
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *ZeroPadding2D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("ZeroPadding2D", b.In[0], l.Padding[:])
	return out, err
}

// Forward pads.
func (l *ZeroPadding2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward leaves the padding out.
func (l *ZeroPadding2D) Backward(p *Pass) { l.moved.backward(p) }
