package nnlib

var _ Layer = (*Cropping1D)(nil)

// Cropping1D takes steps away at both ends of [time, channels].
type Cropping1D struct {
	Cropping   [2]int // at the beginning, at the end
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *Cropping1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("Cropping1D", b.In[0], [][2]int{{-l.Cropping[0], -l.Cropping[1]}})
	return out, err
}

// Forward crops.
func (l *Cropping1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward gives what was cropped no gradient.
func (l *Cropping1D) Backward(p *Pass) { l.moved.backward(p) }
