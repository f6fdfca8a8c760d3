package dataframe

// FillNaN puts a value in the place of missing ones, in the named columns or in
// all. It must fit the columns' types; a fraction makes a column of ints floats.
func FillNaN(df DataFrame, value any, names ...string) DataFrame {
	t := open("FillNaN", df)
	columns := cloneColumns(t.columns)
	for _, i := range t.positions("FillNaN", names) {
		c := columns[i]
		v, x, err := fit(c.vector, value)
		if err != nil {
			fail("FillNaN", "column %q: %w", c.name, err)
		}
		if x == nil {
			fail("FillNaN", "the value to fill with is missing itself (%v)", value)
		}
		for r := range v.size() {
			if v.missing(r) {
				v.set(r, x)
			}
		}
		columns[i].vector = v
	}
	return t.with(columns).frame()
}

// FillForward puts the last value before it in the place of a missing one: ffill.
func FillForward(df DataFrame) DataFrame {
	t := open("FillForward", df)
	return t.mapColumns(func(c column) vector {
		rows, last := make([]int, t.rows), -1
		for r := range rows {
			if !c.missing(r) {
				last = r
			}
			rows[r] = last
		}
		return c.take(rows)
	}).frame()
}

// FillBackward puts the next value in the place of a missing one: bfill.
func FillBackward(df DataFrame) DataFrame {
	t := open("FillBackward", df)
	return t.mapColumns(func(c column) vector {
		rows, next := make([]int, t.rows), -1
		for r := t.rows - 1; r >= 0; r-- {
			if !c.missing(r) {
				next = r
			}
			rows[r] = next
		}
		return c.take(rows)
	}).frame()
}
