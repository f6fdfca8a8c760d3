package dataframe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/go-gota/gota/series"
)

// A pandasValue is a value in testdata/pandas_*.json, as real pandas gave it.
// Missing values are "@NaN", "@None", "@NaT"; frames are column by column.
type pandasValue struct {
	Kind    string
	Name    any
	Columns []any
	Index   []any
	Dtype   string
	Dtypes  []string
	Data    []any
	Shape   []int
	Items   json.RawMessage
	Value   any
	Type    string
	Message string
}

type pandasCase struct {
	ID, Group, Call, Note string
	Inputs                map[string]pandasValue
	Expected              pandasValue
}

func readCases(t *testing.T, file string) []pandasCase {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all struct {
		Count int
		Cases []pandasCase
	}
	d := json.NewDecoder(f)
	d.UseNumber() // an int64 does not pass through float64
	if err := d.Decode(&all); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if len(all.Cases) != all.Count {
		t.Fatalf("%s: %d cases, its count says %d", file, len(all.Cases), all.Count)
	}
	return all.Cases
}

// items are the members of a list, or the named members of a map.
func (v pandasValue) items(t *testing.T) []pandasValue {
	t.Helper()
	var out []pandasValue
	v.decode(t, &out)
	return out
}

func (v pandasValue) members(t *testing.T) map[string]pandasValue {
	t.Helper()
	out := map[string]pandasValue{}
	v.decode(t, &out)
	return out
}

func (v pandasValue) decode(t *testing.T, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(v.Items))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// goValue is a cell as Go has it: float64, int, string, bool or nil.
func goValue(x any, dtype string) any {
	switch x := x.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil && !strings.HasPrefix(dtype, "float") {
			return int(n)
		}
		f, err := x.Float64()
		if err != nil {
			panic(err)
		}
		return f
	case float64:
		return x
	case string:
		switch x {
		case "@NaN", "@None", "@NaT":
			return nil
		case "@Inf":
			return math.Inf(1)
		case "@-Inf":
			return math.Inf(-1)
		}
		return x
	}
	return x
}

// goColumn makes a column of the type that pandas had.
func goColumn(t *testing.T, data []any, dtype string) vector {
	t.Helper()
	boxes := make([]any, len(data))
	for i, x := range data {
		boxes[i] = goValue(x, dtype)
	}
	v, err := vectorOfAny(boxes)
	if err != nil && dtype == "object" { // several types in one column: ours has their text
		for i := range boxes {
			if boxes[i] != nil {
				boxes[i] = showValue(boxes[i])
			}
		}
		v, err = vectorOfAny(boxes)
	}
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case strings.HasPrefix(dtype, "float"):
		return toFloats(v)
	case strings.Contains(dtype, "int") && len(data) == 0:
		return cells[int]{}
	}
	if dtype == "object" && v.kind() == series.Float && allMissing(v) {
		return cells[string]{}.holes(len(data))
	}
	return v
}

func allMissing(v vector) bool {
	for i := range v.size() {
		if !v.missing(i) {
			return false
		}
	}
	return true
}

// table makes the frame of a case, labels included.
func (v pandasValue) table(t *testing.T) table {
	t.Helper()
	switch v.Kind {
	case "frame":
		out := table{rows: len(v.Index), index: goColumn(t, v.Index, "")}
		for c := range v.Columns {
			out.columns = append(out.columns, column{columnName(v.Columns[c]), goColumn(t, v.Data[c].([]any), v.Dtypes[c])})
		}
		return out
	case "series":
		out := table{rows: len(v.Index), index: goColumn(t, v.Index, "")}
		out.columns = []column{{columnName(v.Name), goColumn(t, v.Data, v.Dtype)}}
		return out
	case "list":
		var data []any
		for _, x := range v.items(t) {
			data = append(data, x.Value)
		}
		return table{rows: len(data), columns: []column{{"0", goColumn(t, data, "")}}}
	case "array":
		return table{rows: len(v.Data), columns: []column{{"0", goColumn(t, v.Data, v.Dtype)}}}
	}
	t.Fatalf("cannot make a frame of kind %q", v.Kind)
	return table{}
}

func columnName(x any) string {
	if parts, ok := x.([]any); ok {
		return fmt.Sprint(parts[0], ".", parts[1])
	}
	if x == nil || x == "@None" {
		return "0"
	}
	if b, ok := x.(bool); ok {
		return showValue(b)
	}
	return fmt.Sprint(x)
}

// sameFrame compares a frame with what pandas gave: names, labels, types, and every
// number bit for bit.
func sameFrame(t *testing.T, got DataFrame, want pandasValue) {
	t.Helper()
	compareTables(t, open("test", got), want, 0)
}

// compareTables allows numbers a relative difference of tolerance.
func compareTables(t *testing.T, got table, want pandasValue, tolerance float64) {
	t.Helper()
	w := want.table(t)
	if got.rows != w.rows || len(got.columns) != len(w.columns) {
		t.Fatalf("got %s, want %s", describeShape(got.rows, len(got.columns)), describeShape(w.rows, len(w.columns)))
	}
	if got.index != nil {
		compareVectors(t, "index", got.index, w.index, tolerance)
	}
	for c := range w.columns {
		if got.columns[c].name != w.columns[c].name {
			t.Errorf("column %d is named %q, want %q", c, got.columns[c].name, w.columns[c].name)
		}
		compareVectors(t, w.columns[c].name, got.columns[c].vector, w.columns[c].vector, tolerance)
	}
}

func compareVectors(t *testing.T, name string, got, want vector, tolerance float64) {
	t.Helper()
	if got.size() != want.size() {
		t.Fatalf("%s has %d rows, want %d", name, got.size(), want.size())
	}
	// The type of no values is unknown: an object column of holes, labels of no rows.
	unknown := want.kind() == series.String && allMissing(want) || want.size() == 0
	if got.kind() != want.kind() && !unknown {
		t.Fatalf("%s is %s, want %s", name, got.kind(), want.kind())
	}
	for i := range want.size() {
		if !sameValue(got.value(i), want.value(i), tolerance) {
			t.Errorf("%s[%d] = %#v, want %#v", name, i, got.value(i), want.value(i))
		}
	}
}

func sameValue(got, want any, tolerance float64) bool {
	g, ok1 := got.(float64)
	w, ok2 := want.(float64)
	if !ok1 || !ok2 {
		return got == want
	}
	if math.Float64bits(g) == math.Float64bits(w) {
		return true
	}
	return math.Abs(g-w) <= tolerance*math.Abs(w)
}

// sameScalars compares numbers with a list, series or array of pandas, in order.
func sameScalars(t *testing.T, got []float64, want []any, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d numbers, want %d", len(got), len(want))
	}
	for i, w := range want {
		var g any = got[i]
		if math.IsNaN(got[i]) {
			g = nil
		}
		if !sameValue(g, goValue(w, "float64"), tolerance) {
			t.Errorf("[%d] = %v, want %v", i, g, w)
		}
	}
}

// problem runs f and gives the error it panics with, nil if it does not.
func problem(f func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = p.(error)
		}
	}()
	f()
	return nil
}

// numbers are the values of an array, series, list or scalar.
func (v pandasValue) numbers(t *testing.T) []any {
	t.Helper()
	switch v.Kind {
	case "list":
		var out []any
		for _, x := range v.items(t) {
			out = append(out, x.numbers(t)...)
		}
		return out
	case "scalar":
		return []any{v.Value}
	}
	return v.Data
}
