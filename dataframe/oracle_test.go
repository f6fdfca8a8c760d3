//go:build oracle

package dataframe

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A property is a call that pandas evaluates on random frames, and ours.
type property struct {
	call      string
	tolerance float64 // relative, where pandas adds in another order
	ours      func(df, other DataFrame) DataFrame
}

var properties = []property{
	{"df.shift(2)", 0, func(df, _ DataFrame) DataFrame { return Shift(df, 2) }},
	{"df.shift(-1)", 0, func(df, _ DataFrame) DataFrame { return Shift(df, -1) }},
	{"pd.concat([df.shift(1), df], axis=1)", 0, func(df, _ DataFrame) DataFrame { return ConcatColumns(Shift(df, 1), df) }},
	{"pd.concat([df[['x','n']], other[['y']]], axis=1)", 0, func(df, other DataFrame) DataFrame { return ConcatColumns(Select(df, "x", "n"), Select(other, "y")) }},
	{"pd.concat([df[df['x']>0], other[['y']]], axis=1)", 0, func(df, other DataFrame) DataFrame {
		return ConcatColumns(Filter(WithIndex(df), "x > 0"), WithIndex(Select(other, "y")))
	}},
	{"df.dropna()", 0, func(df, _ DataFrame) DataFrame { return DropNaN(WithIndex(df)) }},
	{"df.dropna(thresh=4)", 0, func(df, _ DataFrame) DataFrame { return DropNaN(WithIndex(df), DropNaNOptions{Thresh: 4}) }},
	{"df.sort_values('x',kind='stable')", 0, func(df, _ DataFrame) DataFrame { return SortBy(WithIndex(df), []string{"x"}) }},
	{"df.sort_values(['s','n'],ascending=[False,True],kind='stable')", 0, func(df, _ DataFrame) DataFrame {
		return SortBy(WithIndex(df), []string{"s", "n"}, SortOptions{Descending: []bool{true, false}})
	}},
	{"df.groupby('s')[['x','n']].mean()", rounding, func(df, _ DataFrame) DataFrame {
		return SetIndex(GroupBy(Select(df, "s", "x", "n"), []string{"s"}).Mean(), "s")
	}},
	{"df.groupby('n')[['x']].var()", rounding, func(df, _ DataFrame) DataFrame {
		return SetIndex(GroupBy(Select(df, "n", "x"), []string{"n"}).Var(), "n")
	}},
	{"df.groupby('s')[['x','n']].last()", 0, func(df, _ DataFrame) DataFrame {
		return SetIndex(GroupBy(Select(df, "s", "x", "n"), []string{"s"}).Last(), "s")
	}},
	{"df[['x']].rolling(3,min_periods=1).mean()", rounding, func(df, _ DataFrame) DataFrame {
		return Rolling(Select(df, "x"), 3, RollingOptions{MinPeriods: 1}).Mean()
	}},
	{"df[['x']].rolling(4,min_periods=2).median()", rounding, func(df, _ DataFrame) DataFrame {
		return Rolling(Select(df, "x"), 4, RollingOptions{MinPeriods: 2}).Median()
	}},
	{"df[['x','n']].expanding().max()", 0, func(df, _ DataFrame) DataFrame { return Expanding(Select(df, "x", "n")).Max() }},
	{"df[['x']].ewm(span=3).mean()", rounding, func(df, _ DataFrame) DataFrame { return EWM(Select(df, "x"), EWMOptions{Span: 3}).Mean() }},
	{"df[['x','n']].cumsum()", 0, func(df, _ DataFrame) DataFrame { return CumSum(Select(df, "x", "n")) }},
	{"df[['x','n']].diff(2)", 0, func(df, _ DataFrame) DataFrame { return Diff(Select(df, "x", "n"), 2) }},
	{"df[['x']].interpolate()", rounding, func(df, _ DataFrame) DataFrame { return Interpolate(Select(df, "x")) }},
	{"df[['x','n']].quantile([.1,.5,.9])", rounding, func(df, _ DataFrame) DataFrame { return Quantiles(Select(df, "x", "n"), .1, .5, .9) }},
	{"df.merge(other,on='n',how='left')", 0, func(df, other DataFrame) DataFrame {
		return Merge(df, other, MergeOptions{On: []string{"n"}, How: "left"})
	}},
	{"df.drop_duplicates(['s','b'])", 0, func(df, _ DataFrame) DataFrame { return Unique(WithIndex(df), "s", "b") }},
	{"df.query('(x > 0 or n <= 1) and b')", 0, func(df, _ DataFrame) DataFrame { return Filter(WithIndex(df), "(x > 0 or n <= 1) and b") }},
	{"df.melt(id_vars=['s'],value_vars=['x','n'])", 0, func(df, _ DataFrame) DataFrame {
		return Melt(df, MeltOptions{ID: []string{"s"}, Values: []string{"x", "n"}})
	}},
}

// TestPandasProperties compares each property on random frames with pandas itself.
// REPRISE_SEED repeats a run.
func TestPandasProperties(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		python = "python3"
	}
	seed := uint64(1)
	if s := os.Getenv("REPRISE_SEED"); s != "" {
		if _, err := fmt.Sscan(s, &seed); err != nil {
			t.Fatal(err)
		}
	}
	ask := startOracle(t, python)
	compared := 0
	for round := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, round))
		df, other := randomFrame(r), randomOther(r)
		for _, p := range properties {
			want := ask(p.call, map[string]DataFrame{"df": df, "other": other})
			if want.Kind == "error" {
				t.Fatalf("pandas on %s: %s %s", p.call, want.Type, want.Message)
			}
			ok := t.Run(fmt.Sprintf("%d/%s", round, p.call), func(t *testing.T) {
				compareTables(t, open("test", p.ours(df, other)), want, p.tolerance)
			})
			if !ok {
				t.Fatalf("REPRISE_SEED=%d, round %d:\n%s\n%s", seed, round, Text(df), Text(other))
			}
			compared++
		}
	}
	t.Logf("seed %d: %d comparisons", seed, compared)
}

func startOracle(t *testing.T, python string) func(call string, in map[string]DataFrame) pandasValue {
	cmd := exec.Command(python, "testdata/oracle.py")
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil || err1 != nil || err2 != nil {
		t.Fatalf("%s: %v %v %v; set REPRISE_PYTHON to an interpreter with pandas", python, err, err1, err2)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	lines := bufio.NewReader(out)
	version, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%s has no pandas: %v; set REPRISE_PYTHON", python, err)
	}
	t.Log(version)
	return func(call string, frames map[string]DataFrame) pandasValue {
		request := map[string]any{"call": call}
		inputs := map[string]any{}
		for name, df := range frames {
			inputs[name] = encodeFrame(df)
		}
		request["inputs"] = inputs
		text, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(in, string(text)+"\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("%s: %v", call, err)
		}
		var v pandasValue
		d := json.NewDecoder(strings.NewReader(answer))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func encodeFrame(df DataFrame) map[string]any {
	t := open("test", df)
	data := make([][]any, len(t.columns))
	dtypes := DTypes(df)
	for c := range data {
		data[c] = []any{}
		for r := range t.rows {
			value := t.columns[c].value(r)
			if f, ok := value.(float64); ok && math.IsInf(f, 0) {
				value = map[bool]string{true: "@Inf", false: "@-Inf"}[f > 0]
			}
			if value == nil {
				value = "@NaN"
			}
			data[c] = append(data[c], value)
		}
	}
	return map[string]any{"columns": t.names(), "dtypes": dtypes, "data": data}
}

// randomFrame has a float column with holes, ints, text with holes and bools, and
// at least one value in each.
func randomFrame(r *rand.Rand) DataFrame {
	n := 1 + r.IntN(30)
	x, ints, s, b := make([]any, n), make([]int, n), make([]any, n), make([]bool, n)
	for i := range n {
		x[i], ints[i], s[i], b[i] = math.Round(r.NormFloat64()*1e4)/1e3, r.IntN(7)-2, string(rune('p'+r.IntN(4))), r.IntN(2) == 0
		if i > 0 && r.IntN(5) == 0 {
			x[i] = nil
		}
		if i > 0 && r.IntN(6) == 0 {
			s[i] = nil
		}
	}
	return FromColumns([]string{"x", "n", "s", "b"}, x, ints, s, b)
}

// randomOther has keys that repeat, for merges.
func randomOther(r *rand.Rand) DataFrame {
	n := 1 + r.IntN(12)
	ints, y := make([]int, n), make([]float64, n)
	for i := range n {
		ints[i], y[i] = r.IntN(9)-3, r.NormFloat64()
	}
	return FromColumns([]string{"n", "y"}, ints, y)
}
