package nnlib

var _ Layer = (*GlobalAveragePooling2D)(nil)

// GlobalAveragePooling2D takes the mean over rows and columns of [rows, cols, channels].
type GlobalAveragePooling2D struct {
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *GlobalAveragePooling2D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newGlobalPool("GlobalAveragePooling2D", b.In[0], 3)
	return out, err
}

// Forward pools.
func (l *GlobalAveragePooling2D) Forward(p *Pass) { l.pool.average(p) }

// Backward passes each its share.
func (l *GlobalAveragePooling2D) Backward(p *Pass) { l.pool.toAverage(p) }
