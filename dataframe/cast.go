package dataframe

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-gota/gota/series"
)

// CastOptions: the zero value refuses what does not convert.
type CastOptions struct {
	Coerce bool // what does not convert becomes missing
}

// Cast changes a column's type to "float64", "int64", "string" or "bool" (gota's
// "float", "int" and pandas' "object" are understood too). A number with a
// fraction is no int, a text that is no number no number: the row is named.
func Cast(df DataFrame, name, dtype string, options ...CastOptions) DataFrame {
	t := open("Cast", df)
	kind, ok := kindOf(dtype)
	if !ok {
		fail("Cast", "no type %q; there are \"float64\", \"int64\", \"string\" and \"bool\"", dtype)
	}
	columns := cloneColumns(t.columns)
	for _, i := range t.positions("Cast", []string{name}) {
		out := emptyVector(kind).holes(t.rows)
		for r := range t.rows {
			value := columns[i].value(r)
			if value == nil {
				continue
			}
			x, err := castValue(value, kind)
			if err != nil && !option(options).Coerce {
				fail("Cast", "column %q, row %d: %w", name, r, err)
			}
			out.set(r, x)
		}
		columns[i].vector = out
	}
	return t.with(columns).frame()
}

func kindOf(dtype string) (series.Type, bool) {
	switch dtype {
	case "float64", "float":
		return series.Float, true
	case "int64", "int":
		return series.Int, true
	case "string", "object", "str":
		return series.String, true
	case "bool":
		return series.Bool, true
	}
	return "", false
}

// castValue converts one value; with an error it returns nil.
func castValue(value any, kind series.Type) (any, error) {
	if text, ok := value.(string); ok {
		return castText(text, kind)
	}
	switch x := value.(type) {
	case float64:
		switch {
		case kind == series.Float:
			return x, nil
		case kind == series.String:
			return string(appendFloat(nil, x)), nil
		case kind == series.Int && math.Abs(x) < 1<<63 && x == math.Trunc(x):
			return int(x), nil
		case kind == series.Bool && (x == 0 || x == 1):
			return x == 1, nil
		}
	case int:
		switch {
		case kind == series.Float:
			return float64(x), nil
		case kind == series.Int:
			return x, nil
		case kind == series.String:
			return strconv.Itoa(x), nil
		case x == 0 || x == 1:
			return x == 1, nil
		}
	case bool:
		switch kind {
		case series.Float:
			return number(x), nil
		case series.Int:
			return int(number(x)), nil
		case series.String:
			return showValue(x), nil
		}
		return x, nil
	}
	return nil, fmt.Errorf("%v does not convert to %s", value, dtype(kind))
}

func castText(text string, kind series.Type) (any, error) {
	s := strings.TrimSpace(text)
	switch kind {
	case series.String:
		return text, nil
	case series.Float:
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return x, nil
		}
	case series.Int:
		if n, err := strconv.Atoi(s); err == nil {
			return n, nil
		}
	case series.Bool:
		if b, ok := parseBool(s); ok {
			return b, nil
		}
	}
	return nil, fmt.Errorf("%q does not convert to %s", text, dtype(kind))
}

func parseBool(s string) (value, ok bool) {
	switch s {
	case "True", "TRUE", "true":
		return true, true
	case "False", "FALSE", "false":
		return false, true
	}
	return false, false
}

// appendFloat writes the shortest digits that read back to the same number, as
// Python's repr does: 1.0, 1e-09, 1e+16.
func appendFloat(to []byte, x float64) []byte {
	switch a := math.Abs(x); {
	case x != x:
		return append(to, "nan"...)
	case a > math.MaxFloat64:
		if x > 0 {
			return append(to, "inf"...)
		}
		return append(to, "-inf"...)
	case a != 0 && (a < 1e-4 || a >= 1e16):
		return strconv.AppendFloat(to, x, 'e', -1, 64)
	}
	start := len(to)
	to = strconv.AppendFloat(to, x, 'f', -1, 64)
	for _, c := range to[start:] {
		if c == '.' {
			return to
		}
	}
	return append(to, ".0"...)
}
