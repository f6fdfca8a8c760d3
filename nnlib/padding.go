package nnlib

import "fmt"

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
