package diff

import (
	"strings"

	"reprise/notebooks/nb"
)

// A couple is a code cell of each notebook; -1 where one has no such cell.
type couple struct{ a, b int }

// align pairs the cells of two notebooks: those with the same source, in order, as many as
// possible; between them those with the same id; and what is then alone at the same place.
func align(a, b []*nb.Cell) []couple {
	var list []couple
	i, j := 0, 0
	for _, c := range common(a, b) {
		list = append(list, between(a, b, i, c.a, j, c.b)...)
		list = append(list, c)
		i, j = c.a+1, c.b+1
	}
	return append(list, between(a, b, i, len(a), j, len(b))...)
}

// common is the longest common subsequence of the sources.
func common(a, b []*nb.Cell) []couple {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if text(a[i]) == text(b[j]) {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	var list []couple
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case text(a[i]) == text(b[j]):
			list = append(list, couple{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return list
}

// between pairs cells i to m-1 with j to n-1, whose sources all differ.
func between(a, b []*nb.Cell, i, m, j, n int) []couple {
	var list []couple
	if m-i == n-j {
		for k := range m - i {
			list = append(list, couple{i + k, j + k})
		}
		return list
	}
	for ; i < m; i++ {
		at := sameID(a[i], b, j, n)
		if at < 0 {
			list = append(list, couple{i, -1})
			continue
		}
		for ; j < at; j++ {
			list = append(list, couple{-1, j})
		}
		list = append(list, couple{i, j})
		j++
	}
	for ; j < n; j++ {
		list = append(list, couple{-1, j})
	}
	return list
}

func sameID(c *nb.Cell, b []*nb.Cell, from, to int) int {
	for k := from; k < to; k++ {
		if c.ID != "" && b[k].ID == c.ID {
			return k
		}
	}
	return -1
}

// text is a cell's source with the line ends of Unix: others are no difference to Go.
func text(c *nb.Cell) string { return strings.ReplaceAll(c.Source, "\r\n", "\n") }
