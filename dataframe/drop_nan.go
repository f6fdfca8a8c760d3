package dataframe

// DropNaNOptions: the zero value drops every row with a missing value.
type DropNaNOptions struct {
	How    string   // "any" (default) or "all" values missing
	Thresh int      // keep what has at least this many values; not with How
	Subset []string // look at these columns only (Axis 0)
	Axis   int      // 0 drops rows, 1 drops columns
}

// DropNaN drops rows with missing values. Row labels, if the frame carries them,
// stay with their rows; types do not change. Infinities, the empty text and the
// text "NaN" are not missing.
func DropNaN(df DataFrame, options ...DropNaNOptions) DataFrame {
	t, o := open("DropNaN", df), option(options)
	if o.How != "" && o.How != "any" && o.How != "all" {
		fail("DropNaN", "How is %q; give \"any\" or \"all\"", o.How)
	}
	if o.How != "" && o.Thresh != 0 {
		fail("DropNaN", "both How %q and Thresh %d are set; give one of them", o.How, o.Thresh)
	}
	if o.Axis == 1 {
		return dropColumns(t, o).frame()
	}
	return t.keep(fullRows(t, o)).frame()
}

func fullRows(t table, o DropNaNOptions) []bool {
	counts := make([]int32, t.rows)
	looked := t.positions("DropNaN", o.Subset)
	for _, c := range looked {
		t.columns[c].addMissing(counts)
	}
	allowed := o.allowed(len(looked))
	full := make([]bool, t.rows)
	for i, n := range counts {
		full[i] = int(n) <= allowed
	}
	return full
}

func dropColumns(t table, o DropNaNOptions) table {
	if len(o.Subset) > 0 {
		fail("DropNaN", "Subset names columns, so it needs Axis 0; use Loc to choose rows first")
	}
	var columns []column
	for _, c := range t.columns {
		counts, n := make([]int32, t.rows), 0
		c.addMissing(counts)
		for _, m := range counts {
			n += int(m)
		}
		if n <= o.allowed(t.rows) {
			columns = append(columns, cloneColumn(c))
		}
	}
	return t.with(columns)
}

// allowed is how many of n values may be missing.
func (o DropNaNOptions) allowed(n int) int {
	switch {
	case o.Thresh != 0:
		return n - o.Thresh
	case o.How == "all" && n > 0:
		return n - 1
	}
	return 0
}
