package dataframe

import (
	"fmt"
	"strings"
)

// fail stops a verb with an error value: "dataframe: Shift: ...".
func fail(verb, format string, args ...any) {
	panic(fmt.Errorf("dataframe: "+verb+": "+format, args...))
}

// unknownColumn names the column that is not there and the one that was meant.
func unknownColumn(name string, names []string) error {
	if len(names) == 0 {
		return fmt.Errorf("no column %q: the frame has no columns", name)
	}
	if near := nearest(name, names); near != "" {
		return fmt.Errorf("no column %q; did you mean %q?", name, near)
	}
	return fmt.Errorf("no column %q; the columns are %s", name, quoteAll(names))
}

// quoteAll lists at most ten names.
func quoteAll(names []string) string {
	var b strings.Builder
	for i, n := range names {
		if i == 10 {
			fmt.Fprintf(&b, " and %d more", len(names)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", n)
	}
	return b.String()
}

// nearest is the candidate that few typing mistakes (a third of the letters, at
// least one) turn name into; "" when none is that near.
func nearest(name string, candidates []string) string {
	best, found := max(1, len([]rune(name))/3)+1, ""
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(name), strings.ToLower(c)); d < best && c != "" {
			best, found = d, c
		}
	}
	return found
}

// editDistance counts letters put in, left out, replaced, or swapped with their
// neighbour.
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		d[i][0] = i
	}
	for j := range t {
		d[0][j+1] = j + 1
	}
	for i := range s {
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			d[i+1][j+1] = min(d[i][j]+cost, d[i][j+1]+1, d[i+1][j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				d[i+1][j+1] = min(d[i+1][j+1], d[i-1][j-1]+1)
			}
		}
	}
	return d[len(s)][len(t)]
}
