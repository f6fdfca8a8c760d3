package nnlib

var _ Layer = (*Cropping2D)(nil)

// Cropping2D takes rows and columns away at the edges of [rows, cols, channels].
type Cropping2D struct {
	Cropping   [2][2]int // {top, bottom}, {left, right}
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *Cropping2D) Build(b *Builder) (out Shape, err error) {
	c := l.Cropping
	l.moved, out, err = shifted("Cropping2D", b.In[0], [][2]int{{-c[0][0], -c[0][1]}, {-c[1][0], -c[1][1]}})
	return out, err
}

// Forward crops.
func (l *Cropping2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward gives what was cropped no gradient.
func (l *Cropping2D) Backward(p *Pass) { l.moved.backward(p) }
