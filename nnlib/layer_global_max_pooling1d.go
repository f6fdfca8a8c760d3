package nnlib

var _ Layer = (*GlobalMaxPooling1D)(nil)

// GlobalMaxPooling1D takes the largest over the time of [time, channels].
type GlobalMaxPooling1D struct {
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *GlobalMaxPooling1D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newGlobalPool("GlobalMaxPooling1D", b.In[0], 2)
	return out, err
}

// Forward pools.
func (l *GlobalMaxPooling1D) Forward(p *Pass) { l.pool.maximum(p) }

// Backward passes the gradient to the largest.
func (l *GlobalMaxPooling1D) Backward(p *Pass) { l.pool.toMaximum(p) }
