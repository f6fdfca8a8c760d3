package dataframe

import "slices"

// sortedNames are a map's keys in order: maps are never ranged over for results.
func sortedNames(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
