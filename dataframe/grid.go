package dataframe

import (
	"strconv"

	"github.com/go-gota/gota/series"
)

// What pandas shows of a long or wide frame (display.max_rows, min_rows,
// max_columns, max_colwidth).
const (
	maxRows    = 60
	minRows    = 10
	maxColumns = 20
	maxWidth   = 50
)

// A grid is what is shown of a frame: texts, column by column.
type grid struct {
	rows, columns int // of the whole frame
	rowGap        int // rows before the gap, -1 = all are shown
	columnGap     int // likewise
	label         string
	index         []string
	shown         []shownColumn
}

type shownColumn struct {
	name  string
	dtype string
	right bool // numbers and bools
	cells []string
}

func makeGrid(t table) grid {
	g := grid{rows: t.rows, columns: len(t.columns), rowGap: -1, columnGap: -1, label: t.label}
	rows := allRows(t.rows)
	if t.rows > maxRows {
		g.rowGap = minRows / 2
		rows = append(rows[:g.rowGap:g.rowGap], rows[t.rows-g.rowGap:]...)
	}
	columns := t.columns
	if len(columns) > maxColumns {
		g.columnGap = maxColumns / 2
		columns = append(columns[:g.columnGap:g.columnGap], columns[len(columns)-g.columnGap:]...)
	}
	for _, c := range columns {
		g.shown = append(g.shown, showColumn(c, rows))
	}
	g.index = make([]string, len(rows))
	for i, r := range rows {
		g.index[i] = strconv.Itoa(r)
	}
	if t.index != nil {
		g.index = showIndex(t.index.take(rows))
	}
	return g
}

func allRows(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

func showColumn(c column, rows []int) shownColumn {
	return shownColumn{c.name, dtype(c.kind()), c.kind() != series.String, showCells(c.take(rows))}
}

// showCells writes each cell with a place for the sign before it.
func showCells(v vector) []string {
	if f, ok := v.(cells[float64]); ok {
		values := make([]float64, len(f))
		copyFloats(values, 1, f, 0, len(f))
		return formatFloats(values)
	}
	out := make([]string, v.size())
	for i := range out {
		out[i] = " " + showValue(v.value(i))
		if n, ok := v.value(i).(int); ok && n < 0 {
			out[i] = showValue(n)
		}
	}
	return out
}

func showValue(value any) string {
	switch x := value.(type) {
	case nil:
		return "NaN"
	case int:
		return strconv.Itoa(x)
	case bool:
		if x {
			return "True"
		}
		return "False"
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	runes := []rune(value.(string))
	if len(runes) > maxWidth {
		return string(runes[:maxWidth-3]) + "..."
	}
	return string(runes)
}

func showIndex(labels vector) []string {
	out := showCells(labels)
	for i := range out {
		if out[i][0] == ' ' {
			out[i] = out[i][1:]
		}
	}
	return out
}

// dtype is pandas' name for a gota type.
func dtype(kind series.Type) string {
	switch kind {
	case series.Float:
		return "float64"
	case series.Int:
		return "int64"
	case series.Bool:
		return "bool"
	}
	return "object"
}
