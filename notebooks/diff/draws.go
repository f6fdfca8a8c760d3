package diff

import (
	"maps"
	"slices"
)

// drawsDiffer lists the random streams of which two cells have taken different numbers of words.
func drawsDiffer(a, b map[string]uint64) []DrawDiff {
	all := maps.Clone(a)
	maps.Copy(all, b)
	var list []DrawDiff
	for _, stream := range slices.Sorted(maps.Keys(all)) {
		if a[stream] != b[stream] {
			list = append(list, DrawDiff{stream, a[stream], b[stream]})
		}
	}
	return list
}
