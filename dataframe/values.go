package dataframe

import (
	"math"

	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
)

// Values is the frame as a matrix, one row per row, without the row labels;
// missing values are NaN, bools 0 and 1. A column of text is refused. A frame
// without rows or columns gives the empty matrix (gonum has no 0 x k).
func Values(df DataFrame) *mat.Dense {
	t := open("Values", df)
	if t.rows == 0 || len(t.columns) == 0 {
		return &mat.Dense{}
	}
	width := len(t.columns)
	data := make([]float64, t.rows*width)
	for _, c := range t.columns {
		if c.kind() == series.String {
			fail("Values", "column %q holds text; Drop it, Cast it or use Records", c.name)
		}
	}
	// By blocks of rows, so that the rows being filled stay in the cache while
	// column after column is spread over them.
	count, bounds := blocks(t.rows, 1024)
	inParallel(count, 1024*width, func(b int) {
		from, to := bounds(b)
		for c := range t.columns {
			copyFloats(data[from*width+c:], width, t.columns[c].vector, from, to)
		}
	})
	return mat.NewDense(t.rows, width, data)
}

// Column is one column of a matrix, values[:,j] in NumPy.
func Column(values mat.Matrix, j int) []float64 {
	rows, columns := values.Dims()
	if j < 0 || j >= columns {
		fail("Column", "no column %d in a matrix of %d x %d", j, rows, columns)
	}
	return mat.Col(nil, j, values)
}

// copyFloats writes the rows [from, to) of a number column to every stride'th
// place of out.
func copyFloats(out []float64, stride int, v vector, from, to int) {
	k := 0
	switch v := v.(type) {
	case cells[float64]:
		for _, c := range v[from:to] {
			out[k] = c.e
			if c.nan {
				out[k] = math.NaN()
			}
			k += stride
		}
	case cells[int]:
		for _, c := range v[from:to] {
			out[k] = floatCell(float64(c.e), c.nan).e
			k += stride
		}
	case cells[bool]:
		for _, c := range v[from:to] {
			out[k] = floatCell(number(c.e), c.nan).e
			k += stride
		}
	}
}

// Records is the frame row by row with every value in its own type and nil where
// it is missing: what pandas gives as an array of objects.
func Records(df DataFrame) [][]any {
	t := open("Records", df)
	out := make([][]any, t.rows)
	for r := range out {
		out[r] = make([]any, len(t.columns))
		for c := range t.columns {
			out[r][c] = t.columns[c].value(r)
		}
	}
	return out
}
