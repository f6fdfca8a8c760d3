package dataframe

// ShiftOptions: the zero value leaves missing cells behind and moves rows.
type ShiftOptions struct {
	Fill any // what the new cells hold; nil = missing
	Axis int // 0 moves down the rows, 1 moves across the columns
}

// Shift moves the values down by periods rows, up when periods is negative. Row
// labels stay. A column of ints becomes floats, since its new cells are missing,
// unless Fill is an int too or nothing moves; other missing values are not filled.
func Shift(df DataFrame, periods int, options ...ShiftOptions) DataFrame {
	t, o := open("Shift", df), option(options)
	if o.Axis == 1 {
		return shiftAcross(t, periods, o).frame()
	}
	return t.mapColumns(func(c column) vector { return shiftColumn(c, periods, o.Fill) }).frame()
}

func shiftColumn(c column, periods int, fill any) vector {
	v := c.vector
	if ints, ok := v.(cells[int]); ok && fill == nil && periods != 0 && len(ints) > 0 {
		return shiftInts(ints, periods)
	}
	v, x, err := fit(v, fill)
	if err != nil {
		fail("Shift", "column %q: Fill %w", c.name, err)
	}
	return v.shift(periods, x)
}

// shiftInts moves and converts in one pass.
func shiftInts(v cells[int], periods int) vector {
	out := make(cells[float64], len(v))
	for i := range out {
		if from := i - periods; from >= 0 && from < len(v) {
			out[i] = floatCell(float64(v[from].e), v[from].nan)
		} else {
			out[i] = makeCell[float64](nil)
		}
	}
	return out
}

// shiftAcross gives column c the values of column c-periods.
func shiftAcross(t table, periods int, o ShiftOptions) table {
	columns := make([]column, len(t.columns))
	for c := range columns {
		if from := c - periods; from >= 0 && from < len(columns) {
			columns[c] = column{t.columns[c].name, t.columns[from].slice(0, t.rows)}
			continue
		}
		v, x, err := fit(cells[float64]{}, o.Fill)
		if err != nil {
			v, x, _ = fit(vectorFor(o.Fill, 0), o.Fill)
		}
		columns[c] = column{t.columns[c].name, v.holes(t.rows).shift(t.rows, x)}
	}
	return t.with(columns)
}
