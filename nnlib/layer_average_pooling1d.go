package nnlib

var _ Layer = (*AveragePooling1D)(nil)

// AveragePooling1D takes the mean of PoolSize steps of [time, channels]; padding does not count.
type AveragePooling1D struct {
	PoolSize   int    // 2 by default
	Strides    int    // PoolSize by default
	Padding    string // "valid" by default, "same"
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *AveragePooling1D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newPool1D("AveragePooling1D", b.In[0], l.PoolSize, l.Strides, l.Padding)
	return out, err
}

// Forward pools.
func (l *AveragePooling1D) Forward(p *Pass) { l.pool.average(p) }

// Backward passes each its share.
func (l *AveragePooling1D) Backward(p *Pass) { l.pool.toAverage(p) }
