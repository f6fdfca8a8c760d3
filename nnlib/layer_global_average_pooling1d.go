package nnlib

var _ Layer = (*GlobalAveragePooling1D)(nil)

// GlobalAveragePooling1D takes the mean over the time of [time, channels]; masked steps do not count.
type GlobalAveragePooling1D struct {
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *GlobalAveragePooling1D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newGlobalPool("GlobalAveragePooling1D", b.In[0], 2)
	return out, err
}

// Forward pools.
func (l *GlobalAveragePooling1D) Forward(p *Pass) { l.pool.average(p) }

// Backward passes each its share.
func (l *GlobalAveragePooling1D) Backward(p *Pass) { l.pool.toAverage(p) }
