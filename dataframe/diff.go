package dataframe

// Diff subtracts the value periods rows before (after, when negative) from each
// value: df.diff(periods). A seasonal difference has periods = the season.
func Diff(df DataFrame, periods int) DataFrame {
	t := open("Diff", df)
	return t.mapColumns(func(c column) vector {
		return withEarlier(numbers("Diff", c), periods, func(now, then float64) float64 { return now - then })
	}).frame()
}

// PctChange is the relative change against the value periods rows before. A
// missing value is not filled first, unlike in pandas 1 (fill_method=None).
func PctChange(df DataFrame, periods int) DataFrame {
	t := open("PctChange", df)
	return t.mapColumns(func(c column) vector {
		return withEarlier(numbers("PctChange", c), periods, func(now, then float64) float64 { return now/then - 1 })
	}).frame()
}

func withEarlier(v cells[float64], periods int, f func(now, then float64) float64) vector {
	out := cells[float64]{}.holes(len(v)).(cells[float64])
	for i := max(0, periods); i < min(len(v), len(v)+periods); i++ {
		if now, then := v[i], v[i-periods]; !now.missing() && !then.missing() {
			out[i] = floatCell(f(now.e, then.e), false)
		}
	}
	return out
}

// InvertDiff undoes Diff with the same periods: history holds the values before the
// first difference, at least periods rows of the same columns; only its last
// periods rows are used. The result has one row for each difference.
func InvertDiff(differences, history DataFrame, periods int) DataFrame {
	d, h := open("InvertDiff", differences), open("InvertDiff", history)
	if periods < 1 {
		fail("InvertDiff", "periods is %d; give what Diff was given, at least 1", periods)
	}
	if h.rows < periods {
		fail("InvertDiff", "%d rows of history for periods %d", h.rows, periods)
	}
	if len(h.columns) != len(d.columns) {
		fail("InvertDiff", "%d columns of differences, %d of history", len(d.columns), len(h.columns))
	}
	columns := make([]column, len(d.columns))
	for i, c := range d.columns {
		past := numbers("InvertDiff", h.columns[i])[h.rows-periods:]
		out := make(cells[float64], d.rows)
		for r, x := range numbers("InvertDiff", c) {
			then := out[max(0, r-periods)]
			if r < periods {
				then = past[r]
			}
			out[r] = floatCell(x.e+then.e, x.missing() || then.missing())
		}
		columns[i] = column{c.name, out}
	}
	return d.with(columns).frame()
}
