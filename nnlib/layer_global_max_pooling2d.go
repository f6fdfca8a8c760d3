package nnlib

var _ Layer = (*GlobalMaxPooling2D)(nil)

// GlobalMaxPooling2D takes the largest over rows and columns of [rows, cols, channels].
type GlobalMaxPooling2D struct {
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *GlobalMaxPooling2D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newGlobalPool("GlobalMaxPooling2D", b.In[0], 3)
	return out, err
}

// Forward pools.
func (l *GlobalMaxPooling2D) Forward(p *Pass) { l.pool.maximum(p) }

// Backward passes the gradient to the largest.
func (l *GlobalMaxPooling2D) Backward(p *Pass) { l.pool.toMaximum(p) }
