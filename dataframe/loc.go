package dataframe

// Loc is the rows with the given labels, in that order: df.loc[[...]]. A label
// that several rows have gives all of them; one that no row has is an error.
func Loc(df DataFrame, labels ...any) DataFrame {
	t := open("Loc", df)
	index := t.labels()
	rowsOf := map[any][]int{}
	for r := range t.rows {
		rowsOf[index.value(r)] = append(rowsOf[index.value(r)], r)
	}
	var rows []int
	for _, l := range labels {
		_, x, err := fit(index.slice(0, 0), l)
		found := rowsOf[x]
		if err != nil || len(found) == 0 {
			fail("Loc", "no row is labelled %#v; the labels run from %v to %v", l, edgeLabel(index, 0), edgeLabel(index, t.rows-1))
		}
		rows = append(rows, found...)
	}
	return t.take(rows).frame()
}

func edgeLabel(index vector, row int) any {
	if row < 0 || row >= index.size() {
		return "nothing"
	}
	return showValue(index.value(row))
}
