package nnlib

var _ Layer = (*AveragePooling2D)(nil)

// AveragePooling2D takes the mean of windows of [rows, cols, channels]; padding does not count.
type AveragePooling2D struct {
	PoolSize   [2]int // 2 by default
	Strides    [2]int // PoolSize by default
	Padding    string // "valid" by default, "same"
	InputShape Shape
	Name       string

	pool pool
}

// Build checks the shape.
func (l *AveragePooling2D) Build(b *Builder) (out Shape, err error) {
	l.pool, out, err = newPool2D("AveragePooling2D", b.In[0], l.PoolSize, l.Strides, l.Padding)
	return out, err
}

// Forward pools.
func (l *AveragePooling2D) Forward(p *Pass) { l.pool.average(p) }

// Backward passes each its share.
func (l *AveragePooling2D) Backward(p *Pass) { l.pool.toAverage(p) }
