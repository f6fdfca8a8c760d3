package dataframe

// GroupByOptions: the zero value sorts the keys and drops rows without one.
type GroupByOptions struct {
	KeepNaN  bool // rows whose key is missing are a group too, the last one
	Unsorted bool // groups in order of appearance
}

// Groups are the rows of a frame by key. Its methods make frames with the keys
// as ordinary first columns (pandas' as_index=False) and one row per group.
type Groups struct {
	table
	by   []string
	code []int32 // group of each row, -1 = dropped
	n    int
	keys []column // one row per group
}

// GroupBy sorts rows into groups of equal keys: df.groupby(by). Keys are compared
// exactly, never through text.
func GroupBy(df DataFrame, by []string, options ...GroupByOptions) *Groups {
	t, o := open("GroupBy", df), option(options)
	if len(by) == 0 {
		fail("GroupBy", "no columns to group by")
	}
	keys := make([]vector, len(by))
	for i, name := range by {
		keys[i] = t.find("GroupBy", name).vector
	}
	codes, firsts := factorize(keys, o.KeepNaN)
	if !o.Unsorted {
		firsts = sortGroups(keys, codes, firsts)
	}
	g := &Groups{table: t, by: by, code: codes, n: len(firsts)}
	for i, name := range by {
		g.keys = append(g.keys, column{name, keys[i].take(firsts)})
	}
	return g
}

// sortGroups renumbers groups by their keys, missing keys last.
func sortGroups(keys []vector, codes []int32, firsts []int) []int {
	order := allRows(len(firsts))
	for i := len(keys) - 1; i >= 0; i-- {
		order = pick(order, argsort(keys[i].take(pick(firsts, order)), false, false))
	}
	rank := make([]int32, len(order))
	for place, k := range order {
		rank[k] = int32(place)
	}
	for i, k := range codes {
		if k >= 0 {
			codes[i] = rank[k]
		}
	}
	return pick(firsts, order)
}

// Mean averages the number columns of each group.
func (g *Groups) Mean() DataFrame { return g.stat("mean") }

// Sum adds up the number columns; a group without values gives 0.
func (g *Groups) Sum() DataFrame { return g.stat("sum") }

// Std is the standard deviation of the number columns, divided by n-1.
func (g *Groups) Std() DataFrame { return g.stat("std") }

// Var is the variance of the number columns, divided by n-1.
func (g *Groups) Var() DataFrame { return g.stat("var") }

// Median is the middle of the number columns.
func (g *Groups) Median() DataFrame { return g.stat("median") }

// Min is the smallest value of every column; text is compared byte by byte.
func (g *Groups) Min() DataFrame { return g.stat("min") }

// Max is the largest value of every column.
func (g *Groups) Max() DataFrame { return g.stat("max") }

// Count is the number of values of every column that are not missing.
func (g *Groups) Count() DataFrame { return g.stat("count") }

// NUnique is the number of distinct values of every column.
func (g *Groups) NUnique() DataFrame { return g.stat("nunique") }

// First is the first value of every column that is not missing.
func (g *Groups) First() DataFrame { return g.stat("first") }

// Last is the last value of every column that is not missing.
func (g *Groups) Last() DataFrame { return g.stat("last") }

// Size is the number of rows of each group, in a column "size".
func (g *Groups) Size() DataFrame {
	sizes := make(cells[int], g.n)
	for _, k := range g.code {
		if k >= 0 {
			sizes[k].e++
		}
	}
	return table{rows: g.n, columns: append(cloneColumns(g.keys), column{"size", sizes})}.frame()
}

// Agg makes statistics of one column: a column for each, under its name.
func (g *Groups) Agg(name string, statistics ...string) DataFrame {
	c := g.find("Agg", name)
	out := table{rows: g.n, columns: append(cloneColumns(g.keys), make([]column, len(statistics))...)}
	for _, s := range statistics {
		g.check("Agg", c, s)
	}
	inParallel(len(statistics), g.rows, func(i int) {
		out.columns[len(g.keys)+i] = column{statistics[i], g.reduce(c.vector, statistics[i])}
	})
	return out.frame()
}

// Transform gives every row the statistic of its group, for the number columns:
// df.groupby(by).transform(statistic). Rows without a key are missing.
func (g *Groups) Transform(statistic string) DataFrame {
	findReducer("Transform", statistic)
	rows := make([]int, g.rows)
	for i, k := range g.code {
		rows[i] = int(k)
	}
	var columns []column
	for _, c := range g.values(statistic) {
		columns = append(columns, column{c.name, realign(g.reduce(c.vector, statistic), rows, g.rows)})
	}
	return g.with(columns).frame()
}

// Each calls f with every group's key values and rows, in the order of the groups.
func (g *Groups) Each(f func(key []any, group DataFrame)) {
	starts, rows := g.members()
	for k := range g.n {
		key := make([]any, len(g.keys))
		for i, c := range g.keys {
			key[i] = c.value(k)
		}
		f(key, g.take(rows[starts[k]:starts[k+1]]).frame())
	}
}

// Apply puts together what f makes of every group.
func (g *Groups) Apply(f func(group DataFrame) DataFrame) DataFrame {
	var parts []DataFrame
	g.Each(func(_ []any, group DataFrame) { parts = append(parts, f(group)) })
	if len(parts) == 0 {
		return g.take(nil).frame()
	}
	return Concat(parts)
}

// stat makes one statistic of every column that has it.
func (g *Groups) stat(statistic string) DataFrame {
	chosen := g.values(statistic)
	out := table{rows: g.n, columns: append(cloneColumns(g.keys), make([]column, len(chosen))...)}
	inParallel(len(chosen), g.rows, func(i int) {
		out.columns[len(g.keys)+i] = column{chosen[i].name, g.reduce(chosen[i].vector, statistic)}
	})
	return out.frame()
}

// values are the columns that are not keys and that the statistic is made for.
func (g *Groups) values(statistic string) []column {
	var out []column
	for _, c := range g.columns {
		if !g.isKey(c.name) && (isNumber(c.kind()) || forAnyType(statistic)) {
			out = append(out, c)
		}
	}
	return out
}

func (g *Groups) isKey(name string) bool {
	for _, k := range g.by {
		if k == name {
			return true
		}
	}
	return false
}

func (g *Groups) check(verb string, c column, statistic string) {
	findReducer(verb, statistic)
	if !isNumber(c.kind()) && !forAnyType(statistic) {
		fail(verb, "no %s of column %q, which holds %s", statistic, c.name, dtype(c.kind()))
	}
}

// members lists the rows of group k as rows[starts[k]:starts[k+1]], in their order.
func (g *Groups) members() (starts, rows []int) {
	starts = make([]int, g.n+1)
	for _, k := range g.code {
		if k >= 0 {
			starts[k+1]++
		}
	}
	for k := range g.n {
		starts[k+1] += starts[k]
	}
	at := append([]int{}, starts...)
	rows = make([]int, starts[g.n])
	for i, k := range g.code {
		if k >= 0 {
			rows[at[k]] = i
			at[k]++
		}
	}
	return starts, rows
}
