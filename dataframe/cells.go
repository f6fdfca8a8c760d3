package dataframe

import (
	"math"

	"github.com/go-gota/gota/series"
)

// An element is a Go type that a gota column can hold.
type element interface {
	float64 | int | string | bool
}

// A cell has the memory layout of gota's own elements; access_memory.go checks it.
type cell[T element] struct {
	e   T
	nan bool
}

// missing is true for a flagged cell and for a float that is not a number:
// gota flags a NaN that came as text, but not one that came as a float64.
func (c cell[T]) missing() bool { return c.nan || c.e != c.e }

// cells is the content of one column.
type cells[T element] []cell[T]

// A vector is a column's content of any type: cells[float64], cells[int],
// cells[string] or cells[bool]. A vector that a method returns is a copy.
type vector interface {
	size() int
	kind() series.Type
	missing(row int) bool
	// addMissing adds 1 to counts[row] for each missing cell.
	addMissing(counts []int32)
	slice(from, to int) vector
	// take gathers rows; row -1 gives a missing cell.
	take(rows []int) vector
	// keep gathers the marked rows, of which there are n.
	keep(marked []bool, n int) vector
	// shift moves cells down by periods (up when negative); the hole gets fill,
	// a value of the vector's own type, or nil for missing.
	shift(periods int, fill any) vector
	// pad appends missing cells up to n rows.
	pad(n int) vector
	// holes is a vector of the same type with n missing cells.
	holes(n int) vector
	// value is the cell in a box, nil when missing: for records and looks only.
	value(row int) any
	// set stores a value of the vector's own type, nil for missing.
	set(row int, value any)
}

func (v cells[T]) size() int            { return len(v) }
func (v cells[T]) missing(row int) bool { return v[row].missing() }

func (v cells[T]) kind() series.Type {
	switch any(v).(type) {
	case cells[float64]:
		return series.Float
	case cells[int]:
		return series.Int
	case cells[bool]:
		return series.Bool
	}
	return series.String
}

func (v cells[T]) addMissing(counts []int32) {
	for i := range v {
		if v[i].missing() {
			counts[i]++
		}
	}
}

// slice copies by append: unlike make and copy it does not clear the memory first.
func (v cells[T]) slice(from, to int) vector { return append(cells[T]{}, v[from:to]...) }

func (v cells[T]) take(rows []int) vector {
	out := make(cells[T], len(rows))
	for i, r := range rows {
		if r < 0 {
			out[i] = makeCell[T](nil)
			continue
		}
		out[i] = v[r]
	}
	return out
}

// keep copies run by run: it is for marks that nearly all rows have.
func (v cells[T]) keep(marked []bool, n int) vector {
	out := make(cells[T], n)
	k := 0
	for i := 0; i < len(v); i++ {
		start := i
		for i < len(v) && marked[i] {
			i++
		}
		k += copy(out[k:], v[start:i])
	}
	return out
}

func (v cells[T]) shift(periods int, fill any) vector {
	n := len(v)
	gap := min(max(periods, -periods), n)
	filling := make(cells[T], gap)
	for i, c := 0, makeCell[T](fill); i < gap; i++ {
		filling[i] = c
	}
	if periods >= 0 {
		return append(filling, v[:n-gap]...) // append does not clear what it fills
	}
	return append(append(make(cells[T], 0, n), v[gap:]...), filling...)
}

func (v cells[T]) pad(n int) vector {
	out := append(make(cells[T], 0, n), v...)
	for len(out) < n {
		out = append(out, makeCell[T](nil))
	}
	return out
}

func (v cells[T]) holes(n int) vector { return cells[T]{}.pad(n) }

func (v cells[T]) value(row int) any {
	if v[row].missing() {
		return nil
	}
	return v[row].e
}

func (v cells[T]) set(row int, value any) { v[row] = makeCell[T](value) }

// makeCell makes a cell of a T, or gota's missing cell of nil. A missing float is
// NaN as well as flagged, so that code that looks at one of them only is right too.
func makeCell[T element](value any) cell[T] {
	if value != nil {
		return cell[T]{e: value.(T)}
	}
	c := cell[T]{nan: true}
	if e, ok := any(&c.e).(*float64); ok {
		*e = math.NaN()
	}
	return c
}

// newCells is a column without missing values; NaN floats are flagged.
func newCells[T element](values []T) cells[T] {
	out := make(cells[T], len(values))
	for i, v := range values {
		out[i] = cell[T]{e: v, nan: v != v}
	}
	return out
}
