package dataframe

import (
	"fmt"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// DataFrame is gota's DataFrame.
type DataFrame = gota.DataFrame

// A column is a name and a content. Names may repeat, as in pandas.
type column struct {
	name string
	vector
}

// A table is a frame taken apart: what verbs work on. The vectors of an opened
// table ARE the frame's memory; a verb must not write to them, and must not put
// them into the table that it returns.
type table struct {
	rows    int
	index   vector // row labels; nil = 0, 1, 2...
	label   string // the index's name, mostly empty
	columns []column
}

// open takes a frame apart for a verb.
func open(verb string, df DataFrame) table {
	if df.Err != nil {
		fail(verb, "the frame holds an error: %w", df.Err)
	}
	t := table{rows: df.Nrow()}
	for _, c := range memory.columns(df) {
		if label, ok := indexLabel(c.name); ok && t.index == nil {
			t.index, t.label = c.vector, label
			continue
		}
		t.columns = append(t.columns, c)
	}
	return t
}

// frame puts a table together again; the table's memory becomes the frame's.
func (t table) frame() DataFrame {
	columns := t.columns
	if t.index != nil {
		columns = append([]column{{indexName(t.label), t.index}}, columns...)
	}
	if len(columns) == 0 {
		return DataFrame{}
	}
	return memory.frame(t.rows, columns)
}

// with is a table of the same rows and other columns; the index is copied.
func (t table) with(columns []column) table {
	t.columns = columns
	if t.index != nil {
		t.index = t.index.slice(0, t.rows)
	}
	return t
}

// mapColumns makes a table of the same rows, each column made from one of t's.
func (t table) mapColumns(f func(column) vector) table {
	columns := make([]column, len(t.columns))
	inParallel(len(columns), t.rows, func(c int) {
		columns[c] = column{t.columns[c].name, f(t.columns[c])}
	})
	return t.with(columns)
}

// mapRows makes a table of n other rows, index and columns alike.
func (t table) mapRows(n int, f func(vector) vector) table {
	out := table{rows: n, label: t.label, columns: make([]column, len(t.columns))}
	inParallel(len(t.columns)+1, t.rows, func(c int) {
		switch {
		case c < len(t.columns):
			out.columns[c] = column{t.columns[c].name, f(t.columns[c].vector)}
		case t.index != nil:
			out.index = f(t.index)
		}
	})
	return out
}

// take gathers rows of a table.
func (t table) take(rows []int) table {
	return t.mapRows(len(rows), func(v vector) vector { return v.take(rows) })
}

// keep gathers the marked rows of a table.
func (t table) keep(marked []bool) table {
	n := 0
	for _, m := range marked {
		if m {
			n++
		}
	}
	if n > t.rows-t.rows/8 {
		return t.mapRows(n, func(v vector) vector { return v.keep(marked, n) })
	}
	return t.take(markedRows(marked, n))
}

// markedRows lists the n marked rows, without a branch that random marks would
// mispredict.
func markedRows(marked []bool, n int) []int {
	rows := make([]int, n+1)
	k := 0
	for r, m := range marked {
		rows[k] = r
		if m {
			k++
		}
	}
	return rows[:n]
}

// slice copies the rows [from, to).
func (t table) slice(from, to int) table {
	return t.mapRows(to-from, func(v vector) vector { return v.slice(from, to) })
}

// names lists the columns, without the index.
func (t table) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// labels is the index as a vector, made when the rows are only numbered.
func (t table) labels() vector {
	if t.index != nil {
		return t.index
	}
	out := make(cells[int], t.rows)
	for i := range out {
		out[i].e = i
	}
	return out
}

// find is the first column of a name; it also finds the index by its name.
func (t table) find(verb, name string) column {
	for _, c := range t.columns {
		if c.name == name {
			return c
		}
	}
	if t.index != nil && (name == indexName(t.label) || name == t.label && name != "") {
		return column{name, t.index}
	}
	fail(verb, "%w", unknownColumn(name, t.names()))
	panic("not reached")
}

// positions lists the columns of the given names, each name in the order given
// and with all its columns; no names at all mean every column.
func (t table) positions(verb string, names []string) []int {
	var out []int
	if len(names) == 0 {
		for c := range t.columns {
			out = append(out, c)
		}
		return out
	}
	for _, name := range names {
		before := len(out)
		for c := range t.columns {
			if t.columns[c].name == name {
				out = append(out, c)
			}
		}
		if len(out) == before {
			fail(verb, "%w", unknownColumn(name, t.names()))
		}
	}
	return out
}

// isNumber is true for the two types that count as numbers in statistics.
func isNumber(kind series.Type) bool { return kind == series.Float || kind == series.Int }

// describeShape says "9 rows x 2 columns".
func describeShape(rows, columns int) string {
	return fmt.Sprintf("%d rows x %d columns", rows, columns)
}
