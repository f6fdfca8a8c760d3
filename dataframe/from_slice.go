package dataframe

import (
	"fmt"
	"strconv"
)

// FromSlice makes a frame of one column named "0", as pandas' DataFrame(list)
// does, from a []float64, []int, []string, []bool, another slice of numbers, or
// a []any whose nils are missing. A [][]float64 gives one column per inner slot.
func FromSlice(values any) DataFrame {
	if rows, ok := values.([][]float64); ok {
		return FromRows(rows)
	}
	v, err := vectorOf(values)
	if err != nil {
		fail("FromSlice", "%w", err)
	}
	return table{rows: v.size(), columns: []column{{"0", v}}}.frame()
}

// FromRows makes a frame of float columns named "0", "1"... from rows.
func FromRows(rows [][]float64) DataFrame {
	if len(rows) == 0 {
		return DataFrame{}
	}
	columns := make([]column, len(rows[0]))
	for c := range columns {
		columns[c] = column{strconv.Itoa(c), make(cells[float64], len(rows))}
	}
	for r, row := range rows {
		if len(row) != len(columns) {
			fail("FromRows", "row %d has %d values, row 0 has %d", r, len(row), len(columns))
		}
		for c, x := range row {
			columns[c].vector.(cells[float64])[r] = cell[float64]{x, x != x}
		}
	}
	return table{rows: len(rows), columns: columns}.frame()
}

// vectorOf copies a slice of Go values into a column.
func vectorOf(values any) (vector, error) {
	switch v := values.(type) {
	case []float64:
		return newCells(v), nil
	case []int:
		return newCells(v), nil
	case []string:
		return newCells(v), nil
	case []bool:
		return newCells(v), nil
	case []float32:
		return widened[float32, float64](v), nil
	case []int64:
		return widened[int64, int](v), nil
	case []int32:
		return widened[int32, int](v), nil
	case []uint8:
		return widened[uint8, int](v), nil
	case []any:
		return vectorOfAny(v)
	}
	return nil, fmt.Errorf("cannot make a column of %T; give []float64, []int, []string, []bool or []any", values)
}

func widened[From float32 | int64 | int32 | uint8, To int | float64](values []From) cells[To] {
	out := make(cells[To], len(values))
	for i, v := range values {
		out[i] = cell[To]{e: To(v), nan: v != v}
	}
	return out
}

// vectorOfAny takes the type of the first value that is there; an int column
// becomes float when a float comes, anything else must agree.
func vectorOfAny(values []any) (vector, error) {
	var out vector
	for i, x := range values {
		if x == nil {
			continue
		}
		if out == nil {
			if out = vectorFor(x, len(values)); out == nil {
				return nil, fmt.Errorf("value %d is a %T; a column holds numbers, text or bools", i, x)
			}
		}
		fitted, y, err := fit(out, x)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", i, err)
		}
		out = fitted
		out.set(i, y)
	}
	if out == nil {
		out = cells[float64]{}.holes(len(values))
	}
	return out, nil
}

func vectorFor(x any, n int) vector {
	switch plain(x).(type) {
	case float64:
		return cells[float64]{}.holes(n)
	case int:
		return cells[int]{}.holes(n)
	case string:
		return cells[string]{}.holes(n)
	case bool:
		return cells[bool]{}.holes(n)
	}
	return nil
}
