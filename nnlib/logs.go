package nnlib

import (
	"maps"
	"slices"
)

// names returns the columns, sorted.
func (l Logs) names() []string { return slices.Sorted(maps.Keys(l)) }
