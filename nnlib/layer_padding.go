package nnlib

import "fmt"

var (
	_ Layer = (*ZeroPadding1D)(nil)
	_ Layer = (*ZeroPadding2D)(nil)
	_ Layer = (*Cropping1D)(nil)
	_ Layer = (*Cropping2D)(nil)
	_ Layer = (*UpSampling1D)(nil)
	_ Layer = (*UpSampling2D)(nil)
)

// ZeroPadding1D adds zeros before and after the time axis of [time, channels].
type ZeroPadding1D struct {
	Padding    [2]int // before, after
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *ZeroPadding1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("ZeroPadding1D", b.In[0], [][2]int{l.Padding})
	return out, err
}

// Forward pads.
func (l *ZeroPadding1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward leaves the padding out.
func (l *ZeroPadding1D) Backward(p *Pass) { l.moved.backward(p) }

// ZeroPadding2D adds zeros around the rows and columns of [rows, cols, channels].
type ZeroPadding2D struct {
	Padding    [2][2]int // {top, bottom}, {left, right}
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *ZeroPadding2D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("ZeroPadding2D", b.In[0], l.Padding[:])
	return out, err
}

// Forward pads.
func (l *ZeroPadding2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward leaves the padding out.
func (l *ZeroPadding2D) Backward(p *Pass) { l.moved.backward(p) }

// Cropping1D takes steps away at both ends of [time, channels].
type Cropping1D struct {
	Cropping   [2]int // at the beginning, at the end
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *Cropping1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = shifted("Cropping1D", b.In[0], [][2]int{{-l.Cropping[0], -l.Cropping[1]}})
	return out, err
}

// Forward crops.
func (l *Cropping1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward gives what was cropped no gradient.
func (l *Cropping1D) Backward(p *Pass) { l.moved.backward(p) }

// Cropping2D takes rows and columns away at the edges of [rows, cols, channels].
type Cropping2D struct {
	Cropping   [2][2]int // {top, bottom}, {left, right}
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *Cropping2D) Build(b *Builder) (out Shape, err error) {
	c := l.Cropping
	l.moved, out, err = shifted("Cropping2D", b.In[0], [][2]int{{-c[0][0], -c[0][1]}, {-c[1][0], -c[1][1]}})
	return out, err
}

// Forward crops.
func (l *Cropping2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward gives what was cropped no gradient.
func (l *Cropping2D) Backward(p *Pass) { l.moved.backward(p) }

// shifted adds by[axis] = {before, after} to all axes but the last; negative numbers take away.
func shifted(who string, in Shape, by [][2]int) (rearranged, Shape, error) {
	if len(in) != len(by)+1 {
		return rearranged{}, nil, fmt.Errorf("%s wants samples with %d axes, the last being channels, got %v", who, len(by)+1, in)
	}
	out := append(Shape{}, in...)
	for axis, b := range by {
		if out[axis] += b[0] + b[1]; out[axis] < 1 {
			return rearranged{}, nil, fmt.Errorf("%s leaves nothing of axis %d of samples %v", who, axis+1, in)
		}
	}
	place := make([]int, len(in))
	moved := rearrange(in, out, func(at []int) []int {
		copy(place, at)
		for axis, b := range by {
			if place[axis] -= b[0]; place[axis] < 0 || place[axis] >= in[axis] {
				return nil
			}
		}
		return place
	})
	return moved, out, nil
}

// UpSampling1D repeats each step of [time, channels] Size times.
type UpSampling1D struct {
	Size       int // 2 by default
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *UpSampling1D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = enlarged("UpSampling1D", b.In[0], []int{l.Size})
	return out, err
}

// Forward repeats.
func (l *UpSampling1D) Forward(p *Pass) { l.moved.forward(p) }

// Backward adds up.
func (l *UpSampling1D) Backward(p *Pass) { l.moved.backward(p) }

// UpSampling2D repeats rows and columns of [rows, cols, channels]: Keras's interpolation "nearest".
type UpSampling2D struct {
	Size       [2]int // 2 and 2 by default
	InputShape Shape
	Name       string

	moved rearranged
}

// Build checks the shape.
func (l *UpSampling2D) Build(b *Builder) (out Shape, err error) {
	l.moved, out, err = enlarged("UpSampling2D", b.In[0], l.Size[:])
	return out, err
}

// Forward repeats.
func (l *UpSampling2D) Forward(p *Pass) { l.moved.forward(p) }

// Backward adds up.
func (l *UpSampling2D) Backward(p *Pass) { l.moved.backward(p) }

func enlarged(who string, in Shape, size []int) (rearranged, Shape, error) {
	if len(in) != len(size)+1 {
		return rearranged{}, nil, fmt.Errorf("%s wants samples with %d axes, the last being channels, got %v", who, len(size)+1, in)
	}
	out := append(Shape{}, in...)
	times := make([]int, len(in))
	for axis := range times {
		times[axis] = 1
		if axis < len(size) {
			times[axis] = orInt(size[axis], 2)
		}
		if out[axis] *= times[axis]; times[axis] < 1 {
			return rearranged{}, nil, fmt.Errorf("%s wants a Size of at least 1, got %v", who, size)
		}
	}
	place := make([]int, len(in))
	moved := rearrange(in, out, func(at []int) []int {
		for axis := range place {
			place[axis] = at[axis] / times[axis]
		}
		return place
	})
	return moved, out, nil
}

// orInt returns what was given, or the default where it is zero.
func orInt(given, otherwise int) int {
	if given == 0 {
		return otherwise
	}
	return given
}
