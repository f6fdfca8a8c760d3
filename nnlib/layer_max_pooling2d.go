package nnlib

var _ Layer = (*MaxPooling2D)(nil)

// MaxPooling2D takes the largest of windows of [rows, cols, channels].
type MaxPooling2D struct {
	PoolSize   [2]int // 2 by default
	Strides    [2]int // PoolSize by default
	Padding    string // "valid" by default, "same"
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *MaxPooling2D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newPool2D("MaxPooling2D", b.In[0], l.PoolSize, l.Strides, l.Padding)
	return out, err
}

// Forward pools.
func (l *MaxPooling2D) Forward(p *Pass) { l.pool.maximum(p) }

// Backward passes the gradient to the largest.
func (l *MaxPooling2D) Backward(p *Pass) { l.pool.toMaximum(p) }
