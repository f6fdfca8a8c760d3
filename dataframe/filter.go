package dataframe

import "fmt"

// Filter keeps the rows for which a query holds, written as for pandas' query:
//
//	Filter(df, "temp > 1.5 and city in ['Oslo', 'Bergen'] and not rain.isna()")
//
// It knows numbers, texts in quotes, True and False, names (in backquotes when they
// are not plain words), + - * /, comparisons that may be chained, in and not in
// lists, and, or, not (also & | ~), and .isna() and .notna(). A missing value
// compares unequal to everything.
func Filter(df DataFrame, query string) DataFrame {
	t := open("Filter", df)
	return t.keep(t.mask("Filter", query)).frame()
}

// Mask is true for the rows for which a query holds.
func Mask(df DataFrame, query string) []bool {
	t := open("Mask", df)
	return t.mask("Mask", query)
}

// Where keeps the rows that are marked.
func Where(df DataFrame, marked []bool) DataFrame {
	t := open("Where", df)
	if len(marked) != t.rows {
		fail("Where", "%d marks for %d rows", len(marked), t.rows)
	}
	return t.keep(marked).frame()
}

// FilterFunc keeps the rows for which keep is true.
func FilterFunc(df DataFrame, keep func(row Row) bool) DataFrame {
	t := open("FilterFunc", df)
	marked := make([]bool, t.rows)
	for r := range marked {
		marked[r] = keep(Row{"FilterFunc", &t, r})
	}
	return t.keep(marked).frame()
}

// mask parses and evaluates a query.
func (t table) mask(verb, query string) []bool {
	node, err := parseQuery(query)
	if err != nil {
		fail(verb, "query %q: %w", query, err)
	}
	result, err := node.eval(t)
	if err != nil {
		fail(verb, "query %q: %w", query, err)
	}
	if result.mask == nil {
		fail(verb, "query %q gives %s, not true or false for each row; compare it with something", query, result.what())
	}
	return result.mask
}

// An operand is what a part of a query evaluates to: one of a mask, a column, a
// constant and a list of constants.
type operand struct {
	mask     []bool
	column   vector
	constant any
	list     []any
}

func (o operand) what() string {
	switch {
	case o.mask != nil:
		return "true or false"
	case o.column != nil:
		return fmt.Sprintf("a column of %s", dtype(o.column.kind()))
	case o.list != nil:
		return "a list"
	}
	return fmt.Sprintf("the constant %#v", o.constant)
}
