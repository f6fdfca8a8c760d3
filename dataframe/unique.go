package dataframe

// Unique drops rows that repeat an earlier row in the named columns, or in all
// columns if none is named: drop_duplicates. Missing values are equal here.
func Unique(df DataFrame, names ...string) DataFrame {
	t := open("Unique", df)
	if len(t.columns) == 0 {
		return t.slice(0, t.rows).frame()
	}
	_, firsts := factorize(t.keys("Unique", names), true)
	return t.take(firsts).frame()
}

// keys are the columns of the given names, of all names if none is given.
func (t table) keys(verb string, names []string) []vector {
	var out []vector
	for _, c := range t.positions(verb, names) {
		out = append(out, t.columns[c].vector)
	}
	return out
}

// ValueCountsOptions: the zero value counts values that are not missing.
type ValueCountsOptions struct {
	KeepNaN   bool // count missing values too
	Normalize bool // fractions in a column "proportion" instead of counts
}

// ValueCounts gives each value of a column and how often it comes in a column
// "count", the most frequent first, equals in order of appearance.
func ValueCounts(df DataFrame, name string, options ...ValueCountsOptions) DataFrame {
	t, o := open("ValueCounts", df), option(options)
	v := t.find("ValueCounts", name).vector
	codes, firsts := factorizeOne(v, o.KeepNaN)
	counts, total := make(cells[int], len(firsts)), 0
	for _, k := range codes {
		if k >= 0 {
			counts[k].e++
			total++
		}
	}
	order := argsort(counts, true, false)
	out := table{rows: len(firsts), columns: []column{{name, v.take(pick(firsts, order))}, {"count", counts.take(order)}}}
	if o.Normalize {
		shares := make([]float64, len(order))
		for i, k := range order {
			shares[i] = float64(counts[k].e) / float64(total)
		}
		out.columns[1] = column{"proportion", newCells(shares)}
	}
	return out.frame()
}
