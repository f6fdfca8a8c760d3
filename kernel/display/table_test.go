package display

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTables(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string // the table, one line a row, cells separated by |
	}{
		{[]point{{1, 2}, {3, 4}}, "|X|Y\n0|1|2\n1|3|4"},
		{[]*point{{1, 2}, nil}, "|X|Y\n0|1|2\n1||"},
		{&[]point{{1, 2}}, "|X|Y\n0|1|2"},
		{[1]struct {
			S string
			F float64
		}{{"<b>", 0.5}}, "|S|F\n0|&lt;b&gt;|0.5"},
		{[]map[string]any{{"b": 1, "a": "x"}, {"c": nil}}, "|a|b|c\n0|x|1|\n1|||&lt;nil&gt;"},
		{[][]int{{1, 2}, {3}}, "|0|1\n0|1|2\n1|3|"},
		{[][2]string{{"a", "b"}}, "|0|1\n0|a|b"},
		{map[string]float64{"b": 2, "a": 1.5}, "|value\na|1.5\nb|2"},
		{map[int]point{10: {1, 2}, 9: {3, 4}}, "|X|Y\n9|3|4\n10|1|2"},
		{map[string][]int{"a": {1, 2}}, "|value\na|[1 2]"},
		{map[string]time.Duration{"a": time.Second}, "|value\na|1s"},
	} {
		h, _ := render(t, c.v).Data[HTML].(string)
		if got := cells(h); got != c.want {
			t.Errorf("%T is shown as\n%s\nwant\n%s", c.v, got, c.want)
		}
	}
}

// cells reads a table of ours back.
func cells(table string) string {
	var rows []string
	for _, row := range strings.Split(table, "<tr>")[1:] {
		row, _, _ = strings.Cut(row, "</tr>")
		var texts []string
		for _, cell := range strings.Split(row, "</t")[:strings.Count(row, "</t")] {
			texts = append(texts, cell[strings.LastIndex(cell, ">")+1:])
		}
		rows = append(rows, strings.Join(texts, "|"))
	}
	return strings.Join(rows, "\n")
}

func TestNoTables(t *testing.T) {
	for _, v := range []any{
		[]int{1}, []string{"a"}, []point{}, []struct{}{{}}, map[string]int{}, [][]byte{[]byte("x")}, [][]int{{}},
		[]time.Time{{}}, []error{fmt.Errorf("x")}, []*int{new(int)}, point{1, 2}, "text", []_Widget{{IValue: 1}}, (*[]point)(nil),
		[]map[int]string{{1: "a"}}, []*[]int{{1}},
	} {
		if b := render(t, v); b.Data[HTML] != nil || len(b.Data) != 1 {
			t.Errorf("%T became %v", v, b.Data)
		}
	}
}

func TestLongTables(t *testing.T) {
	rows := make([][]int, 100)
	for i := range rows {
		rows[i] = make([]int, 50)
		rows[i][0] = i
	}
	h := render(t, rows).Data[HTML].(string)
	lines := strings.Split(cells(h), "\n")
	if len(lines) != 1+2*tableEdge+1 || lines[1+tableEdge] != strings.TrimSuffix(strings.Repeat("...|", 22), "|") {
		t.Errorf("%d lines, the middle one %q", len(lines), lines[1+tableEdge])
	}
	if !strings.HasPrefix(lines[len(lines)-1], "99|99|0") || !strings.HasSuffix(h, "<p>100 rows × 50 columns</p>") {
		t.Errorf("ends in %s", h[len(h)-200:])
	}
	whole := Whole(rows).Data[HTML].(string)
	if n := strings.Count(whole, "<tr>"); n != 101 || strings.Contains(whole, "...") {
		t.Errorf("Whole has %d rows", n)
	}
	if n := strings.Count(render(t, rows[:60]).Data[HTML].(string), "<tr>"); n != 61 {
		t.Errorf("60 rows became %d lines", n)
	}
}
