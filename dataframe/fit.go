package dataframe

import (
	"fmt"
	"math"
	"reflect"

	"github.com/go-gota/gota/series"
)

// fit makes a value and a vector agree: the value gets the vector's own type, and
// an int vector becomes a float vector (a copy) when the value has a fraction. A
// NaN or nil value is missing: nil.
func fit(v vector, value any) (vector, any, error) {
	x := plain(value)
	if f, ok := x.(float64); ok && f != f || x == nil {
		return v, nil, nil
	}
	kind := v.kind()
	switch x := x.(type) {
	case float64:
		if kind == series.Float {
			return v, x, nil
		}
		if kind == series.Int {
			if n := int(x); float64(n) == x && math.Abs(x) < 1<<53 {
				return v, n, nil
			}
			return toFloats(v), x, nil
		}
	case int:
		if kind == series.Int {
			return v, x, nil
		}
		if kind == series.Float {
			return v, float64(x), nil
		}
	case string:
		if kind == series.String {
			return v, x, nil
		}
	case bool:
		if kind == series.Bool {
			return v, x, nil
		}
	}
	return nil, nil, fmt.Errorf("%#v (%T) does not fit a column of type %s; use Cast first", value, value, kind)
}

// plain turns the Go number types into int and float64.
func plain(x any) any {
	switch x.(type) {
	case nil, float64, int, string, bool:
		return x
	}
	v := reflect.ValueOf(x)
	switch {
	case v.CanInt():
		return int(v.Int())
	case v.CanUint() && v.Uint() <= math.MaxInt:
		return int(v.Uint())
	case v.CanFloat():
		return v.Float()
	case v.Kind() == reflect.String:
		return v.String()
	case v.Kind() == reflect.Bool:
		return v.Bool()
	}
	return x
}

// toFloats is a copy of a number column as floats; ints beyond 2^53 lose their
// last bits, as in pandas. A bool counts as 0 or 1. Text gives nil.
func toFloats(v vector) cells[float64] {
	switch v := v.(type) {
	case cells[float64]:
		return append(cells[float64]{}, v...)
	case cells[int]:
		out := make(cells[float64], len(v))
		for i, c := range v {
			out[i] = floatCell(float64(c.e), c.nan)
		}
		return out
	case cells[bool]:
		out := make(cells[float64], len(v))
		for i, c := range v {
			out[i] = floatCell(number(c.e), c.nan)
		}
		return out
	}
	return nil
}

func floatCell(x float64, missing bool) cell[float64] {
	if missing {
		return cell[float64]{math.NaN(), true}
	}
	return cell[float64]{x, x != x}
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
