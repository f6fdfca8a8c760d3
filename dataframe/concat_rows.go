package dataframe

import (
	"fmt"
	"slices"

	"github.com/go-gota/gota/series"
)

func concatRows(tables []table, o ConcatOptions) table {
	if len(o.Keys) > 0 {
		fail("Concat", "Keys name columns, so they need Axis 1; Assign a column to tell stacked frames apart")
	}
	out := table{label: tables[0].label}
	labelled := false
	for _, t := range tables {
		out.rows += t.rows
		labelled = labelled || t.index != nil
	}
	for _, place := range stackedPlaces(tables, o.Join == "inner") {
		out.columns = append(out.columns, stackColumn(tables, place))
	}
	if labelled && !o.IgnoreIndex {
		labels := make([]vector, len(tables))
		for i, t := range tables {
			labels[i] = t.labels()
		}
		var err error
		if out.index, err = stack(labels); err != nil {
			fail("Concat", "row labels: %w", err)
		}
	}
	return out
}

// A place says which column of each table goes into a stacked column, -1 = none.
type place []int

// stackedPlaces matches columns by name, in order of appearance; tables that
// agree on all names are matched by position, so that names may repeat.
func stackedPlaces(tables []table, inner bool) []place {
	names := tables[0].names()
	same := true
	for _, t := range tables {
		same = same && slices.Equal(names, t.names())
	}
	if same {
		out := make([]place, len(names))
		for c := range out {
			out[c] = slices.Repeat([]int{c}, len(tables))
		}
		return out
	}
	return placesByName(tables, inner)
}

func placesByName(tables []table, inner bool) []place {
	at := map[string]int{}
	var out []place
	for i, t := range tables {
		for c, name := range t.names() {
			k, ok := at[name]
			if !ok {
				k = len(out)
				at[name] = k
				out = append(out, slices.Repeat([]int{-1}, len(tables)))
			}
			if out[k][i] >= 0 {
				fail("Concat", "column name %q repeats in frame %d and the frames' columns differ; Rename first", name, i)
			}
			out[k][i] = c
		}
	}
	if inner {
		out = slices.DeleteFunc(out, func(p place) bool { return slices.Contains(p, -1) })
	}
	return out
}

func stackColumn(tables []table, p place) column {
	parts := make([]part, len(tables))
	name := ""
	for i, t := range tables {
		parts[i].rows = t.rows
		if p[i] >= 0 {
			parts[i].vector, name = t.columns[p[i]].vector, t.columns[p[i]].name
		}
	}
	v, err := stackParts(parts)
	if err != nil {
		fail("Concat", "column %q: %w", name, err)
	}
	return column{name, v}
}

// A part is a stretch of a stacked column; without a vector its cells are missing.
type part struct {
	vector
	rows int
}

// stack joins vectors end to end.
func stack(vectors []vector) (vector, error) {
	parts := make([]part, len(vectors))
	for i, v := range vectors {
		parts[i] = part{v, v.size()}
	}
	return stackParts(parts)
}

// stackParts joins parts end to end. Ints and floats together are floats, and so
// are ints together with missing rows; other types must agree.
func stackParts(parts []part) (vector, error) {
	kind, err := commonKind(parts)
	if err != nil {
		return nil, err
	}
	switch kind {
	case series.Float:
		return stackAs[float64](parts), nil
	case series.Int:
		return stackAs[int](parts), nil
	case series.Bool:
		return stackAs[bool](parts), nil
	}
	return stackAs[string](parts), nil
}

func commonKind(parts []part) (series.Type, error) {
	var kind series.Type
	gap := false
	for _, p := range parts {
		if p.vector == nil {
			gap = gap || p.rows > 0
			continue
		}
		switch k := p.kind(); {
		case kind == "" || kind == k:
			kind = k
		case isNumber(kind) && isNumber(k):
			kind = series.Float
		default:
			return "", fmt.Errorf("it is %s in one frame and %s in another; Cast one of them", kind, k)
		}
	}
	if kind == "" || kind == series.Int && gap {
		kind = series.Float
	}
	return kind, nil
}

func stackAs[T element](parts []part) vector {
	n := 0
	for _, p := range parts {
		n += p.rows
	}
	out := make(cells[T], 0, n)
	for _, p := range parts {
		same, ok := p.vector.(cells[T])
		switch {
		case p.vector == nil:
			same = cells[T]{}.holes(p.rows).(cells[T])
		case !ok: // only numbers of two types get here
			same = any(toFloats(p.vector)).(cells[T])
		}
		out = append(out, same...)
	}
	return out
}
