package dataframe

import "fmt"

// LagsOptions: the zero value lags every column over all rows.
type LagsOptions struct {
	Columns []string // which columns; all if empty
	By      string   // lag within the groups of this column (panel data)
}

// Lags adds columns that hold earlier values: for each lag k a column
// "name(t-k)" for each name, after those of the frame; a negative lag looks ahead,
// "name(t+k)".
func Lags(df DataFrame, lags []int, options ...LagsOptions) DataFrame {
	t, o := open("Lags", df), option(options)
	s := newSequence(t, "Lags", o.By)
	columns := cloneColumns(t.columns)
	for _, lag := range lags {
		for _, c := range t.positions("Lags", o.Columns) {
			from := t.columns[c]
			if o.By != "" && from.name == o.By {
				continue
			}
			columns = append(columns, column{stepName(from.name, -lag), s.shifted(from.vector, lag)})
		}
	}
	return t.with(columns).frame()
}

// stepName is "x(t-1)", "x(t)", "x(t+1)".
func stepName(name string, step int) string {
	if step == 0 {
		return name + "(t)"
	}
	return fmt.Sprintf("%s(t%+d)", name, step)
}

// A sequence says which row comes how many steps after which: the next row, or
// the next one of the same group.
type sequence struct {
	rows   int
	order  []int // rows, group by group; nil = as they are
	place  []int // of each row in order
	starts []int // of the groups in order, and the end
	group  []int32
}

func newSequence(t table, verb, by string) sequence {
	if by == "" {
		return sequence{rows: t.rows}
	}
	codes, firsts := factorizeOne(t.find(verb, by).vector, true)
	g := Groups{table: t, code: codes, n: len(firsts)}
	s := sequence{rows: t.rows, place: make([]int, t.rows), group: codes}
	s.starts, s.order = g.members()
	for p, r := range s.order {
		s.place[r] = p
	}
	return s
}

// source is the row step rows after a row (before it, when negative), or -1.
func (s sequence) source(row, step int) int {
	low, high, at := 0, s.rows, row
	if s.order != nil {
		k := s.group[row]
		low, high, at = s.starts[k], s.starts[k+1], s.place[row]
	}
	if at+step < low || at+step >= high {
		return -1
	}
	if s.order == nil {
		return at + step
	}
	return s.order[at+step]
}

// shifted is Shift within the groups.
func (s sequence) shifted(v vector, periods int) vector {
	if periods == 0 {
		return v.slice(0, s.rows)
	}
	if s.order == nil {
		return shiftColumn(column{"", v}, periods, nil)
	}
	rows := make([]int, s.rows)
	for i := range rows {
		rows[i] = s.source(i, -periods)
	}
	return withHoles(v).take(rows)
}
