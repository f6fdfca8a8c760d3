package nnlib

var _ Layer = (*MaxPooling1D)(nil)

// MaxPooling1D takes the largest of PoolSize steps of [time, channels].
type MaxPooling1D struct {
	PoolSize   int    // 2 by default
	Strides    int    // PoolSize by default
	Padding    string // "valid" by default, "same"
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *MaxPooling1D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newPool1D("MaxPooling1D", b.In[0], l.PoolSize, l.Strides, l.Padding)
	return out, err
}

// Forward pools.
func (l *MaxPooling1D) Forward(p *Pass) { l.pool.maximum(p) }

// Backward passes the gradient to the largest.
func (l *MaxPooling1D) Backward(p *Pass) { l.pool.toMaximum(p) }
