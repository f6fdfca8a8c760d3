package dataframe

// Select keeps the named columns, in the order of the names; a name that several
// columns have gives all of them. Row labels stay.
func Select(df DataFrame, names ...string) DataFrame {
	t := open("Select", df)
	if len(names) == 0 {
		return t.with(nil).frame()
	}
	var columns []column
	for _, c := range t.positions("Select", names) {
		columns = append(columns, cloneColumn(t.columns[c]))
	}
	return t.with(columns).frame()
}

// Drop leaves the named columns out.
func Drop(df DataFrame, names ...string) DataFrame {
	t := open("Drop", df)
	if len(names) == 0 {
		return t.with(cloneColumns(t.columns)).frame()
	}
	gone := map[int]bool{}
	for _, c := range t.positions("Drop", names) {
		gone[c] = true
	}
	var columns []column
	for c := range t.columns {
		if !gone[c] {
			columns = append(columns, cloneColumn(t.columns[c]))
		}
	}
	return t.with(columns).frame()
}
