package nnlib

import "fmt"

var (
	_ Layer = (*MaxPooling1D)(nil)
	_ Layer = (*MaxPooling2D)(nil)
	_ Layer = (*AveragePooling1D)(nil)
	_ Layer = (*AveragePooling2D)(nil)
	_ Layer = (*GlobalMaxPooling1D)(nil)
	_ Layer = (*GlobalMaxPooling2D)(nil)
	_ Layer = (*GlobalAveragePooling1D)(nil)
	_ Layer = (*GlobalAveragePooling2D)(nil)
)

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

func newPool1D(who string, in Shape, size, strides int, padding string) (pool, Shape, error) {
	if len(in) != 2 {
		return pool{}, nil, fmt.Errorf("%s wants samples [time channels], got %v", who, in)
	}
	size = orInt(size, 2)
	w, err := newWindow(who, [2]int{1, in[0]}, [2]int{1, size}, [2]int{1, orInt(strides, size)}, [2]int{1, 1}, padding)
	return pool{w, in[1]}, Shape{w.out[1], in[1]}, err
}

func newPool2D(who string, in Shape, size, strides [2]int, padding string) (pool, Shape, error) {
	if len(in) != 3 {
		return pool{}, nil, fmt.Errorf("%s wants samples [rows cols channels], got %v", who, in)
	}
	size = pair(size, 2)
	if strides == [2]int{} {
		strides = size
	}
	w, err := newWindow2D(who, in, size, strides, [2]int{1, 1}, padding)
	return pool{w, in[2]}, Shape{w.out[0], w.out[1], in[2]}, err
}

func newGlobalPool(who string, in Shape, axes int) (pool, Shape, error) {
	if len(in) != axes {
		return pool{}, nil, fmt.Errorf("%s wants samples of %d axes, the last being channels, got %v", who, axes, in)
	}
	n := in[:axes-1].Size()
	w, err := newWindow(who, [2]int{1, n}, [2]int{1, n}, [2]int{1, 1}, [2]int{1, 1}, "valid")
	return pool{w, in[axes-1]}, Shape{in[axes-1]}, err
}
