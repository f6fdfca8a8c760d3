package nnlib

import "fmt"

// A window is how convolutions and pools slide over [rows, cols, channels]; over
// [time, channels] it slides with one row.
type window struct {
	in, out  [2]int
	size     [2]int
	stride   [2]int
	dilation [2]int
	before   [2]int // padding above and to the left
	taps     []int  // [out position][tap]: the input's position, -1 in the padding
}

// newWindow checks what a layer was told. padding is "valid", "same" or, over time, "causal".
func newWindow(who string, in, size, stride, dilation [2]int, padding string) (window, error) {
	w := window{in: in, size: size, stride: stride, dilation: dilation}
	for a := range 2 {
		if size[a] < 1 || stride[a] < 1 || dilation[a] < 1 {
			return w, fmt.Errorf("%s wants a window, strides and dilation of at least 1, got %v, %v and %v", who, size, stride, dilation)
		}
		extent := (size[a]-1)*dilation[a] + 1
		switch padding {
		case "", "valid":
			w.out[a] = (in[a]-extent)/stride[a] + 1
			if in[a] < extent {
				return w, fmt.Errorf("%s has a window of %d over an axis of %d; make it smaller or pad the input", who, extent, in[a])
			}
		case "same":
			w.out[a] = (in[a] + stride[a] - 1) / stride[a]
			w.before[a] = max((w.out[a]-1)*stride[a]+extent-in[a], 0) / 2
		case "causal":
			w.out[a] = (in[a] + stride[a] - 1) / stride[a]
			w.before[a] = extent - 1
		default:
			return w, fmt.Errorf(`%s has a Padding of "valid", "same" or, in one dimension, "causal"; got %q`, who, padding)
		}
	}
	if err := affordable(1, Shape{w.positions(), w.area()}); err != nil {
		return w, fmt.Errorf("%s: a table of positions and taps: %w; make the input smaller", who, err)
	}
	w.tabulate()
	return w, nil
}

func (w *window) tabulate() {
	for r := range w.out[0] {
		for c := range w.out[1] {
			for i := range w.size[0] {
				for j := range w.size[1] {
					y, x := r*w.stride[0]-w.before[0]+i*w.dilation[0], c*w.stride[1]-w.before[1]+j*w.dilation[1]
					if y < 0 || y >= w.in[0] || x < 0 || x >= w.in[1] {
						w.taps = append(w.taps, -1)
					} else {
						w.taps = append(w.taps, y*w.in[1]+x)
					}
				}
			}
		}
	}
}

// positions is how many places the window takes, area how many taps it has.
func (w *window) positions() int { return w.out[0] * w.out[1] }
func (w *window) area() int      { return w.size[0] * w.size[1] }

// pair returns both numbers of a field, the second like the first where it is left out, both the default where nothing is said.
func pair(v [2]int, otherwise int) [2]int {
	v[0] = orInt(v[0], otherwise)
	return [2]int{v[0], orInt(v[1], v[0])}
}

func newWindow2D(who string, in Shape, size, strides, dilation [2]int, padding string) (window, error) {
	if padding == "causal" {
		return window{}, fmt.Errorf(`%s cannot be causal; its Padding is "valid" or "same"`, who)
	}
	return newWindow(who, [2]int{in[0], in[1]}, size, pair(strides, 1), pair(dilation, 1), padding)
}
