package arrow

import (
	"fmt"
	"math"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// value is one cell of a column: nil, int, float64, bool or string.
func value(a arrow.Array, row int) (any, error) {
	if a.IsNull(row) {
		return nil, nil
	}
	switch a := a.(type) {
	case *array.Float64:
		return a.Value(row), nil
	case *array.Float32:
		return float64(a.Value(row)), nil
	case *array.Int64:
		return int(a.Value(row)), nil
	case *array.Int32:
		return int(a.Value(row)), nil
	case *array.Int16:
		return int(a.Value(row)), nil
	case *array.Int8:
		return int(a.Value(row)), nil
	case *array.Uint8:
		return int(a.Value(row)), nil
	case *array.Uint16:
		return int(a.Value(row)), nil
	case *array.Uint32:
		return int(a.Value(row)), nil
	case *array.Uint64:
		if a.Value(row) > math.MaxInt64 {
			return nil, fmt.Errorf("%d does not fit int64", a.Value(row))
		}
		return int(a.Value(row)), nil
	case *array.Boolean:
		return a.Value(row), nil
	case *array.String:
		return string([]byte(a.Value(row))), nil // the array's memory is released
	case *array.LargeString:
		return string([]byte(a.Value(row))), nil
	case *array.Dictionary:
		return value(a.Dictionary(), a.GetValueIndex(row))
	case *array.Date32:
		return a.Value(row).ToTime().Format(time.DateOnly), nil
	case *array.Date64:
		return a.Value(row).ToTime().Format(time.DateOnly), nil
	case *array.Timestamp:
		unit := a.DataType().(*arrow.TimestampType).Unit
		return a.Value(row).ToTime(unit).UTC().Format("2006-01-02 15:04:05.999999999"), nil
	}
	return nil, fmt.Errorf("the Arrow type %s has no column type here; numbers, text, bools, dates and times do", a.DataType())
}

// typed makes a slice of the column's own type where nothing is missing, so that
// a column without values keeps its type too.
func typed(values []any, t arrow.DataType) any {
	missing := false
	for _, x := range values {
		missing = missing || x == nil
	}
	switch {
	case arrow.IsFloating(t.ID()) || t.ID() == arrow.NULL || missing && arrow.IsInteger(t.ID()):
		return floats(values)
	case missing && len(values) > 0:
		return values
	case arrow.IsInteger(t.ID()):
		return collect[int](values)
	case t.ID() == arrow.BOOL:
		return collect[bool](values)
	}
	return collect[string](values)
}

func floats(values []any) []float64 {
	out := make([]float64, len(values))
	for i, x := range values {
		switch x := x.(type) {
		case float64:
			out[i] = x
		case int:
			out[i] = float64(x)
		default:
			out[i] = math.NaN()
		}
	}
	return out
}

func collect[T any](values []any) []T {
	out := make([]T, len(values))
	for i, x := range values {
		out[i] = x.(T)
	}
	return out
}
