package dataframe

import (
	"github.com/go-gota/gota/series"
)

// align finds the common rows of tables that are set side by side: the rows and
// index of the result, and for each table where each of those rows comes from
// (-1 = nowhere; nil = row by row, the rest missing).
func align(tables []table, inner bool) (table, [][]int) {
	from := make([][]int, len(tables))
	numbered, longest, shortest := true, 0, tables[0].rows
	for _, t := range tables {
		numbered = numbered && t.index == nil
		longest, shortest = max(longest, t.rows), min(shortest, t.rows)
	}
	if numbered && inner {
		return table{rows: shortest}, from
	}
	if numbered {
		return table{rows: longest}, from
	}
	labels := make([]vector, len(tables))
	equal := true
	for i, t := range tables {
		labels[i] = t.labels()
		equal = equal && sameLabels(labels[0], labels[i])
	}
	out := table{label: tables[0].label}
	if equal {
		out.rows, out.index = tables[0].rows, labels[0].slice(0, tables[0].rows)
		return out, from
	}
	out.index, from = alignLabels(labels, inner)
	out.rows = out.index.size()
	return out, from
}

// alignLabels joins label columns that differ; the order is that of appearance.
func alignLabels(labels []vector, inner bool) (vector, [][]int) {
	all, err := stack(labels)
	if err != nil {
		fail("Concat", "row labels: %w", err)
	}
	codes, firsts := factorize([]vector{all}, true)
	from := make([][]int, len(labels))
	seen := make([]int, len(firsts))
	start := 0
	for i, l := range labels {
		from[i] = make([]int, len(firsts))
		for k := range from[i] {
			from[i][k] = -1
		}
		for r := range l.size() {
			k := int(codes[start+r])
			if from[i][k] >= 0 {
				fail("Concat", "row label %v of frame %d repeats, so rows cannot be aligned; ResetIndex first", l.value(r), i)
			}
			from[i][k] = r
			seen[k]++
		}
		start += l.size()
	}
	if !inner {
		return all.take(firsts), from
	}
	var common []int
	for k := range firsts {
		if seen[k] == len(labels) {
			common = append(common, k)
		}
	}
	for i := range from {
		from[i] = pick(from[i], common)
	}
	return all.take(pick(firsts, common)), from
}

// pick gathers from[k] for each k.
func pick(from, ks []int) []int {
	out := make([]int, len(ks))
	for i, k := range ks {
		out[i] = from[k]
	}
	return out
}

// realign copies a column to n rows; ints with holes become floats.
func realign(v vector, rows []int, n int) vector {
	if rows == nil {
		if v.size() >= n {
			return v.slice(0, n)
		}
		return withHoles(v).pad(n)
	}
	for _, r := range rows {
		if r < 0 {
			return withHoles(v).take(rows)
		}
	}
	return v.take(rows)
}

// withHoles is v ready for missing cells, which pandas' ints cannot be.
func withHoles(v vector) vector {
	if v.kind() == series.Int {
		return toFloats(v)
	}
	return v
}

func sameLabels(a, b vector) bool {
	if a.size() != b.size() || a.kind() != b.kind() {
		return false
	}
	switch a := a.(type) {
	case cells[float64]:
		return sameCellValues(a, b.(cells[float64]))
	case cells[int]:
		return sameCellValues(a, b.(cells[int]))
	case cells[string]:
		return sameCellValues(a, b.(cells[string]))
	case cells[bool]:
		return sameCellValues(a, b.(cells[bool]))
	}
	return false
}

func sameCellValues[T element](a, b cells[T]) bool {
	for i := range a {
		if a[i].missing() != b[i].missing() || !a[i].missing() && a[i].e != b[i].e {
			return false
		}
	}
	return true
}
