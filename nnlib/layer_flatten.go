package nnlib

var _ Layer = (*Flatten)(nil)

// Flatten makes one axis of all axes of a sample.
type Flatten struct {
	InputShape Shape
	Name       string

	copied copied
}

// Build says the shape.
func (f *Flatten) Build(b *Builder) (Shape, error) { return Shape{b.In[0].Size()}, nil }

// Forward copies.
func (f *Flatten) Forward(p *Pass) { f.copied.forward(p) }

// Backward copies back.
func (f *Flatten) Backward(p *Pass) { f.copied.backward(p) }
