package display

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// edge is how many rows and columns are shown at each corner of a large matrix.
const edge = 5

// showMatrix shows a matrix or vector in brackets, the corners only of a large one.
func showMatrix(o Options, m mat.Matrix) (Bundle, error) {
	if isNil(m) {
		return Bundle{}, errors.ErrUnsupported
	}
	rows, columns := m.Dims()
	if rows == 0 || columns == 0 {
		return Bundle{Data: map[string]any{Text: fmt.Sprintf("Dims(%d, %d)", rows, columns)}}, nil
	}
	options := []mat.FormatOption{mat.Squeeze()}
	if over(rows, o.Rows) || over(columns, o.Columns) {
		options = append(options, mat.Excerpt(edge))
	}
	return Bundle{Data: map[string]any{Text: fmt.Sprintf("%v", mat.Formatted(m, options...))}}, nil
}

// over reports whether n exceeds a limit; a negative limit is none.
func over(n, limit int) bool { return limit >= 0 && n > limit }
