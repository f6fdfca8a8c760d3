package dataframe

import "strings"

// indexPrefix begins the name of the column that holds the row labels.
const indexPrefix = "index:"

func indexName(label string) string { return indexPrefix + label }

func indexLabel(name string) (label string, ok bool) { return strings.CutPrefix(name, indexPrefix) }

// WithIndex numbers the rows 0, 1, 2... in an index column of their own, as
// pandas always does. From then on a row keeps its label through every verb,
// and Concat aligns by labels. A frame that has an index is returned as it is.
func WithIndex(df DataFrame) DataFrame {
	t := open("WithIndex", df)
	t = t.with(cloneColumns(t.columns))
	t.index = t.labels()
	return t.frame()
}

// SetIndex makes a column the row labels; an index that was there is dropped.
// Labels may repeat, but Concat then refuses to align them.
func SetIndex(df DataFrame, name string) DataFrame {
	t := open("SetIndex", df)
	at := t.positions("SetIndex", []string{name})[0]
	out := table{rows: t.rows, label: name, index: t.columns[at].slice(0, t.rows)}
	for c := range t.columns {
		if c != at {
			out.columns = append(out.columns, cloneColumn(t.columns[c]))
		}
	}
	return out.frame()
}

// ResetIndexOptions: the zero value keeps the labels as an ordinary column.
type ResetIndexOptions struct {
	Drop bool // forget the labels
}

// ResetIndex numbers the rows again. The labels become the first column, under
// their name or "index", unless they are dropped.
func ResetIndex(df DataFrame, options ...ResetIndexOptions) DataFrame {
	t := open("ResetIndex", df)
	columns := cloneColumns(t.columns)
	if !option(options).Drop {
		name := t.label
		if name == "" {
			name = "index"
		}
		columns = append([]column{{name, t.labels().slice(0, t.rows)}}, columns...)
	}
	return table{rows: t.rows, columns: columns}.frame()
}

// Index is the row labels as a frame of one column named "index"; Strings, Ints
// or Floats take them out of it.
func Index(df DataFrame) DataFrame {
	t := open("Index", df)
	return table{rows: t.rows, columns: []column{{"index", t.labels().slice(0, t.rows)}}}.frame()
}

func cloneColumn(c column) column { return column{c.name, c.slice(0, c.size())} }

func cloneColumns(columns []column) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		out[i] = cloneColumn(c)
	}
	return out
}

// option is the optional last argument of a verb.
func option[T any](given []T) T {
	if len(given) == 0 {
		var zero T
		return zero
	}
	return given[0]
}
