package dataframe

import (
	"cmp"
	"fmt"

	"github.com/go-gota/gota/series"
)

// flipped is the operator with its sides changed.
var flipped = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func (n compareNode) eval(t table) (operand, error) {
	left, right, err := evalBoth(n.left, n.right, t)
	if err != nil {
		return operand{}, err
	}
	out := make([]bool, t.rows)
	switch {
	case n.op == "in" || n.op == "not in":
		err = compareList(out, left, right)
		for i := range out {
			out[i] = out[i] == (n.op == "in")
		}
	case left.column != nil && right.column != nil:
		err = compareColumns(out, n.op, left.column, right.column)
	case left.column != nil:
		err = compareConstant(out, n.op, left.column, right)
	case right.column != nil:
		err = compareConstant(out, flipped[n.op], right.column, left)
	default:
		err = fmt.Errorf("%s on both sides of %s; one must be a column", left.what(), n.op)
	}
	return operand{mask: out}, err
}

// compareConstant compares a column with a number, text or bool. An int column and
// a number with a fraction meet as floats.
func compareConstant(out []bool, op string, v vector, o operand) error {
	switch x := o.constant.(type) {
	case int:
		switch v := v.(type) {
		case cells[int]:
			compareWith(out, op, v, x)
			return nil
		case cells[float64]:
			compareWith(out, op, v, float64(x))
			return nil
		}
	case float64:
		if v.kind() == series.Int {
			v = toFloats(v)
		}
		if v, ok := v.(cells[float64]); ok {
			compareWith(out, op, v, x)
			return nil
		}
	case string:
		if v, ok := v.(cells[string]); ok {
			compareWith(out, op, v, x)
			return nil
		}
	case bool:
		if v, ok := v.(cells[bool]); ok {
			compareWith(out, op, ordered(v), number(x))
			return nil
		}
	}
	return fmt.Errorf("cannot compare a column of %s with %s; Cast it", dtype(v.kind()), o.what())
}

// ordered is a bool column as 0 and 1.
func ordered(v cells[bool]) cells[float64] { return toFloats(v) }

// compareWith has a loop of its own for each operator, so that none of them
// branches on the data.
func compareWith[T float64 | int | string](out []bool, op string, v cells[T], x T) {
	switch op {
	case "==":
		for i := range v {
			out[i] = v[i].e == x && !v[i].nan
		}
	case "!=":
		for i := range v {
			out[i] = v[i].e != x || v[i].nan
		}
	case "<":
		for i := range v {
			out[i] = v[i].e < x && !v[i].nan
		}
	case "<=":
		for i := range v {
			out[i] = v[i].e <= x && !v[i].nan
		}
	case ">":
		for i := range v {
			out[i] = v[i].e > x && !v[i].nan
		}
	case ">=":
		for i := range v {
			out[i] = v[i].e >= x && !v[i].nan
		}
	}
}

func compareColumns(out []bool, op string, a, b vector) error {
	if a.kind() != b.kind() && isNumber(a.kind()) && isNumber(b.kind()) {
		a, b = toFloats(a), toFloats(b)
	}
	if a.kind() != b.kind() {
		return fmt.Errorf("cannot compare a column of %s with one of %s; Cast one of them", dtype(a.kind()), dtype(b.kind()))
	}
	switch a := a.(type) {
	case cells[float64]:
		compareEach(out, op, a, b.(cells[float64]))
	case cells[int]:
		compareEach(out, op, a, b.(cells[int]))
	case cells[string]:
		compareEach(out, op, a, b.(cells[string]))
	case cells[bool]:
		compareEach(out, op, ordered(a), ordered(b.(cells[bool])))
	}
	return nil
}

func compareEach[T float64 | int | string](out []bool, op string, a, b cells[T]) {
	for i := range a {
		if a[i].missing() || b[i].missing() {
			out[i] = op == "!="
			continue
		}
		switch c := cmp.Compare(a[i].e, b[i].e); op {
		case "==":
			out[i] = c == 0
		case "!=":
			out[i] = c != 0
		case "<":
			out[i] = c < 0
		case "<=":
			out[i] = c <= 0
		case ">":
			out[i] = c > 0
		case ">=":
			out[i] = c >= 0
		}
	}
}

// compareList asks whether values are in a list; a missing value never is.
func compareList(out []bool, left, right operand) error {
	if left.column == nil || right.list == nil {
		return fmt.Errorf("in wants a column on its left and a list on its right, got %s and %s", left.what(), right.what())
	}
	if len(right.list) == 0 {
		return nil
	}
	list, err := vectorOfAny(right.list)
	if err != nil {
		return err
	}
	v := left.column
	if v.kind() != list.kind() {
		if !isNumber(v.kind()) || !isNumber(list.kind()) {
			return fmt.Errorf("cannot look for %s in a column of %s; Cast it", dtype(list.kind()), dtype(v.kind()))
		}
		v, list = toFloats(v), toFloats(list)
	}
	codes, wanted, n := matchKeys([]vector{v}, []vector{list})
	listed := make([]bool, n)
	for _, k := range wanted {
		listed[k] = true
	}
	for i, k := range codes {
		out[i] = listed[k] && !v.missing(i)
	}
	return nil
}
