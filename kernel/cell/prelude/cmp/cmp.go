// Package cmp is the generic part of the standard package cmp, for cells.
package cmp

import "cmp"

func Less[T cmp.Ordered](x, y T) bool { return x != x && y == y || x < y }

func Compare[T cmp.Ordered](x, y T) int {
	switch {
	case x != x && y != y:
		return 0
	case x != x || x < y:
		return -1
	case y != y || x > y:
		return +1
	}
	return 0
}

func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
