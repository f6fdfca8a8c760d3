package dataframe

import "fmt"

// PivotOptions says what goes where. Index, Columns and Values must be given.
type PivotOptions struct {
	Index   []string // keys of the rows
	Columns string   // its values name the columns
	Values  string   // what is summarised
	Agg     string   // statistic, "mean" if empty
	Fill    any      // for combinations that do not occur; nil = missing
}

// PivotTable summarises Values for each combination of row keys and values of
// Columns. Keys come first as ordinary columns; keys and columns are sorted.
func PivotTable(df DataFrame, o PivotOptions) DataFrame {
	if len(o.Index) == 0 || o.Columns == "" || o.Values == "" {
		fail("PivotTable", "Index, Columns and Values must be given, have %q, %q, %q", o.Index, o.Columns, o.Values)
	}
	if o.Agg == "" {
		o.Agg = "mean"
	}
	cellsOf := GroupBy(df, append(append([]string{}, o.Index...), o.Columns))
	value := cellsOf.find("PivotTable", o.Values)
	cellsOf.check("PivotTable", value, o.Agg)
	summary := cellsOf.reduce(value.vector, o.Agg)

	keys := table{rows: cellsOf.n, columns: cellsOf.keys}
	rows := GroupBy(keys.frame(), o.Index)
	columns := GroupBy(keys.frame(), []string{o.Columns})
	out := table{rows: rows.n, columns: cloneColumns(rows.keys)}
	for k := range columns.n {
		from := make([]int, rows.n)
		for i := range from {
			from[i] = -1
		}
		for i, c := range columns.code {
			if int(c) == k && rows.code[i] >= 0 {
				from[rows.code[i]] = i
			}
		}
		name := showValue(columns.keys[0].value(k))
		out.columns = append(out.columns, column{name, fillHoles(realign(summary, from, rows.n), o.Fill, name)})
	}
	return out.frame()
}

func fillHoles(v vector, fill any, name string) vector {
	v, x, err := fit(v, fill)
	if err != nil {
		panic(fmt.Errorf("dataframe: PivotTable: column %q: Fill %w", name, err))
	}
	if x == nil {
		return v
	}
	for i := range v.size() {
		if v.missing(i) {
			v.set(i, x)
		}
	}
	return v
}
