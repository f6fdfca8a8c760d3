package dataframe

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"gonum.org/v1/gonum/mat"
)

// FromColumns makes a frame of named columns; each is a slice as for FromSlice.
// All must have the same length.
func FromColumns(names []string, values ...any) DataFrame {
	if len(names) != len(values) {
		fail("FromColumns", "%d names for %d columns", len(names), len(values))
	}
	t := table{columns: make([]column, len(names))}
	for i, name := range names {
		v, err := vectorOf(values[i])
		if err != nil {
			fail("FromColumns", "column %q: %w", name, err)
		}
		if i > 0 && v.size() != t.rows {
			fail("FromColumns", "column %q has %d values, %q has %d", name, v.size(), names[0], t.rows)
		}
		t.rows, t.columns[i] = v.size(), column{name, v}
	}
	return t.frame()
}

// FromMatrix makes a frame of float columns, named "0", "1"... if no names are given.
func FromMatrix(m mat.Matrix, names ...string) DataFrame {
	rows, columns := m.Dims()
	if len(names) != 0 && len(names) != columns {
		fail("FromMatrix", "%d names for %d columns", len(names), columns)
	}
	t := table{rows: rows, columns: make([]column, columns)}
	for j := range columns {
		name := strconv.Itoa(j)
		if len(names) > 0 {
			name = names[j]
		}
		v := make(cells[float64], rows)
		for i := range v {
			v[i] = floatCell(m.At(i, j), false)
		}
		t.columns[j] = column{name, v}
	}
	return t.frame()
}

// FromStructs makes a frame of a slice of structs: a column for each exported
// field, under its `dataframe:"name"` tag or its name; the tag "-" leaves it out.
// A nil pointer is missing, a time.Time becomes text that sorts and parses.
func FromStructs(structs any) DataFrame {
	all := reflect.ValueOf(structs)
	if all.Kind() != reflect.Slice || all.Type().Elem().Kind() != reflect.Struct {
		fail("FromStructs", "want a slice of structs, got %T", structs)
	}
	kind := all.Type().Elem()
	t := table{rows: all.Len()}
	for f := range kind.NumField() {
		field := kind.Field(f)
		name := or(field.Tag.Get("dataframe"), field.Name)
		if !field.IsExported() || name == "-" {
			continue
		}
		values := make([]any, t.rows)
		for r := range values {
			values[r] = fieldValue(all.Index(r).Field(f))
		}
		v, err := fieldColumn(field.Type, values)
		if err != nil {
			fail("FromStructs", "field %s: %w", field.Name, err)
		}
		t.columns = append(t.columns, column{name, v})
	}
	return t.frame()
}

func fieldValue(v reflect.Value) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if when, ok := v.Interface().(time.Time); ok {
		return formatTime(when)
	}
	return plain(v.Interface())
}

// fieldColumn has the field's type even when all values are missing.
func fieldColumn(t reflect.Type, values []any) (vector, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	empty := vectorFor(fieldValue(reflect.Zero(t)), len(values))
	if empty == nil {
		return nil, fmt.Errorf("a %s is no number, text, bool or time", t)
	}
	for i, x := range values {
		fitted, y, err := fit(empty, x)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i, err)
		}
		empty = fitted
		empty.set(i, y)
	}
	return empty, nil
}
