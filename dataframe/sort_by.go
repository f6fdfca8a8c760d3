package dataframe

// SortOptions: the zero value sorts upwards with missing values last.
type SortOptions struct {
	Descending []bool // one for each column, or one for all
	NaNFirst   bool
}

// SortBy sorts rows by columns, the first named first. The sort is stable: rows
// that compare equal (0 and -0 do) keep their order, downwards too.
func SortBy(df DataFrame, by []string, options ...SortOptions) DataFrame {
	t, o := open("SortBy", df), option(options)
	if len(by) == 0 {
		fail("SortBy", "no columns to sort by")
	}
	if n := len(o.Descending); n > 1 && n != len(by) {
		fail("SortBy", "%d Descending for %d columns", n, len(by))
	}
	var order []int
	for i := len(by) - 1; i >= 0; i-- { // stable sorts, the most important column last
		v := t.find("SortBy", by[i]).vector
		down := len(o.Descending) == 1 && o.Descending[0] || len(o.Descending) > 1 && o.Descending[i]
		if order == nil {
			order = argsort(v, down, o.NaNFirst)
			continue
		}
		order = pick(order, argsort(v.take(order), down, o.NaNFirst))
	}
	return t.take(order).frame()
}

// SortIndex sorts rows by their labels.
func SortIndex(df DataFrame, options ...SortOptions) DataFrame {
	t, o := open("SortIndex", df), option(options)
	if len(o.Descending) > 1 {
		fail("SortIndex", "%d Descending for one index", len(o.Descending))
	}
	down := len(o.Descending) == 1 && o.Descending[0]
	return t.take(argsort(t.labels(), down, o.NaNFirst)).frame()
}
