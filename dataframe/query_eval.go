package dataframe

import (
	"fmt"

	"github.com/go-gota/gota/series"
)

// A queryNode is a part of a query; it is evaluated for all rows at once.
type queryNode interface {
	eval(t table) (operand, error)
}

type (
	columnNode   struct{ name string }
	constantNode struct{ value any }
	listNode     []any
	notNode      struct{ of queryNode }
	logicNode    struct {
		word        string
		left, right queryNode
	}
	compareNode struct {
		op          string
		left, right queryNode
	}
	arithmeticNode struct {
		op          string
		left, right queryNode
	}
	missingNode struct {
		of      queryNode
		missing bool
	}
)

func (n columnNode) eval(t table) (operand, error) {
	for _, c := range t.columns {
		if c.name == n.name {
			return operand{column: c.vector}, nil
		}
	}
	if t.index != nil && (n.name == "index" || n.name == t.label) {
		return operand{column: t.index}, nil
	}
	return operand{}, unknownColumn(n.name, t.names())
}

func (n constantNode) eval(table) (operand, error) { return operand{constant: n.value}, nil }

func (n listNode) eval(table) (operand, error) { return operand{list: n}, nil }

func (n notNode) eval(t table) (operand, error) {
	of, err := evalMask(n.of, t)
	for i := range of {
		of[i] = !of[i]
	}
	return operand{mask: of}, err
}

func (n logicNode) eval(t table) (operand, error) {
	left, err := evalMask(n.left, t)
	if err != nil {
		return operand{}, err
	}
	right, err := evalMask(n.right, t)
	if err != nil {
		return operand{}, err
	}
	for i := range left {
		if n.word == "and" {
			left[i] = left[i] && right[i]
		} else {
			left[i] = left[i] || right[i]
		}
	}
	return operand{mask: left}, nil
}

// evalMask gives a mask that may be written to; a column of bools is one, with
// missing values false.
func evalMask(n queryNode, t table) ([]bool, error) {
	o, err := n.eval(t)
	if err != nil || o.mask != nil {
		return o.mask, err
	}
	bools, ok := o.column.(cells[bool])
	if !ok {
		return nil, fmt.Errorf("%s where true or false is wanted", o.what())
	}
	out := make([]bool, len(bools))
	for i, c := range bools {
		out[i] = c.e && !c.nan
	}
	return out, nil
}

func (n missingNode) eval(t table) (operand, error) {
	o, err := n.of.eval(t)
	if err != nil {
		return o, err
	}
	if o.column == nil {
		return o, fmt.Errorf("isna and notna ask about a column, not %s", o.what())
	}
	out := make([]bool, t.rows)
	for i := range out {
		out[i] = o.column.missing(i) == n.missing
	}
	return operand{mask: out}, nil
}

func (n arithmeticNode) eval(t table) (operand, error) {
	left, right, err := evalBoth(n.left, n.right, t)
	if err != nil {
		return operand{}, err
	}
	a, b, err := asFloats(left, right, t.rows)
	if err != nil {
		return operand{}, fmt.Errorf("%s: %w", n.op, err)
	}
	out := make(cells[float64], t.rows)
	for i := range out {
		x := a[i].e
		switch y := b[i].e; n.op {
		case "+":
			x += y
		case "-":
			x -= y
		case "*":
			x = float64(x * y)
		default:
			x /= y
		}
		out[i] = floatCell(x, a[i].missing() || b[i].missing())
	}
	return operand{column: out}, nil
}

func evalBoth(l, r queryNode, t table) (left, right operand, err error) {
	if left, err = l.eval(t); err == nil {
		right, err = r.eval(t)
	}
	return left, right, err
}

// asFloats makes number columns of both; a constant is repeated.
func asFloats(left, right operand, rows int) (a, b cells[float64], err error) {
	if a, err = operandFloats(left, rows); err == nil {
		b, err = operandFloats(right, rows)
	}
	return a, b, err
}

func operandFloats(o operand, rows int) (cells[float64], error) {
	switch x := o.constant.(type) {
	case int:
		return cells[float64]{}.holes(rows).shift(rows, float64(x)).(cells[float64]), nil
	case float64:
		return cells[float64]{}.holes(rows).shift(rows, x).(cells[float64]), nil
	}
	if f, ok := o.column.(cells[float64]); ok {
		return f, nil
	}
	if o.column != nil && o.column.kind() != series.String {
		return toFloats(o.column), nil
	}
	return nil, fmt.Errorf("%s where a number is wanted", o.what())
}
