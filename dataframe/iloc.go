package dataframe

// Slice is the rows from (included) to (excluded) by place, as df.iloc[from:to]:
// negative places count from the end, and places outside are cut off.
func Slice(df DataFrame, from, to int) DataFrame {
	t := open("Slice", df)
	from, to = slicePlace(from, t.rows), slicePlace(to, t.rows)
	return t.slice(from, max(from, to)).frame()
}

// ILoc is the rows at the given places, in that order: df.iloc[[...]]. Negative
// places count from the end; a place outside is an error.
func ILoc(df DataFrame, places ...int) DataFrame {
	t := open("ILoc", df)
	rows := make([]int, len(places))
	for i, p := range places {
		rows[i] = p
		if p < 0 {
			rows[i] += t.rows
		}
		if rows[i] < 0 || rows[i] >= t.rows {
			fail("ILoc", "no row %d in a frame of %d rows", p, t.rows)
		}
	}
	return t.take(rows).frame()
}

func slicePlace(p, rows int) int {
	if p < 0 {
		p += rows
	}
	return min(max(p, 0), rows)
}
