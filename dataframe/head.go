package dataframe

// Head is the first n rows; with a negative n all but the last -n.
func Head(df DataFrame, n int) DataFrame {
	t := open("Head", df)
	return t.slice(0, rowCount(n, t.rows)).frame()
}

// Tail is the last n rows; with a negative n all but the first -n.
func Tail(df DataFrame, n int) DataFrame {
	t := open("Tail", df)
	return t.slice(t.rows-rowCount(n, t.rows), t.rows).frame()
}

func rowCount(n, rows int) int {
	if n < 0 {
		n += rows
	}
	return min(max(n, 0), rows)
}
