package dataframe

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	gota "github.com/go-gota/gota/dataframe"
	"gonum.org/v1/plot"
	_ "modernc.org/sqlite" // a database for the tests

	"reprise/nnlib/rng"
)

// TestBadInput: every mistake gives an error that begins with the package and the
// verb and says what is wrong; none gives a silent NaN.
func TestBadInput(t *testing.T) {
	df := FromColumns([]string{"temp", "city", "wet"}, []float64{1, math.NaN(), 3}, []string{"x", "y", "z"}, []bool{true, false, true})
	empty := FromColumns([]string{"a"}, []float64{})
	twice := SetIndex(FromColumns([]string{"k", "v"}, []int{1, 1}, []int{5, 6}), "k")
	stream := rng.Root(1).Stream("test")
	mistakes := []struct {
		name string
		do   func()
		want string
	}{
		{"unknown column, near", func() { Mean(df, "tmp") }, `Mean: no column "tmp"; did you mean "temp"?`},
		{"unknown column, far", func() { Select(df, "zzzzzzzz") }, `the columns are "temp", "city", "wet"`},
		{"unknown column, none there", func() { Mean(DataFrame{}, "a") }, "the frame has no columns"},
		{"unknown column in a query", func() { Filter(df, "tepm > 1") }, `no column "tepm"; did you mean "temp"?`},
		{"unknown group key", func() { GroupBy(df, []string{"citty"}) }, `did you mean "city"?`},
		{"unknown statistic", func() { Agg(df, "maen") }, `did you mean "mean"?`},
		{"lengths differ", func() { FromColumns([]string{"a", "b"}, []int{1}, []int{1, 2}) }, `"b" has 2 values, "a" has 1`},
		{"rows differ", func() { FromRows([][]float64{{1, 2}, {3}}) }, "row 1 has 1 values, row 0 has 2"},
		{"assigned length", func() { Assign(df, "n", []int{1}) }, `column "n" has 1 values, the frame has 3 rows`},
		{"mixed values", func() { FromSlice([]any{1, "x"}) }, `value 1: "x" (string) does not fit a column of type int`},
		{"unusable values", func() { FromSlice(map[string]int{}) }, "cannot make a column of map[string]int"},
		{"mixed types stacked", func() { Concat([]DataFrame{df, FromColumns([]string{"temp"}, []string{"a"})}) }, `column "temp": it is float in one frame and string in another`},
		{"text as numbers", func() { Values(df) }, `column "city" holds text`},
		{"mean of text", func() { Mean(df, "city") }, `column "city" holds text, not numbers`},
		{"fill of another type", func() { FillNaN(df, "x", "temp") }, `"x" (string) does not fit a column of type float`},
		{"fill with missing", func() { FillNaN(df, math.NaN()) }, "is missing itself"},
		{"shift fill", func() { Shift(df, 1, ShiftOptions{Fill: 0}) }, `column "city": Fill 0 (int) does not fit`},
		{"duplicate labels", func() { ConcatColumns(twice, WithIndex(df)) }, "row label 1 of frame 0 repeats"},
		{"no frames", func() { Concat(nil) }, "no frames"},
		{"join", func() { Concat([]DataFrame{df}, ConcatOptions{Join: "left"}) }, `Join is "left"`},
		{"how and thresh", func() { DropNaN(df, DropNaNOptions{How: "all", Thresh: 1}) }, "both How"},
		{"how", func() { DropNaN(df, DropNaNOptions{How: "some"}) }, `How is "some"`},
		{"describe nothing", func() { Describe(DataFrame{}) }, "no columns"},
		{"fit nothing", func() { FitStandard(FromSlice([]float64{math.NaN()})) }, `column "0" has no values`},
		{"scaler's column", func() { FitMinMax(df, 0, 1, "temp").Transform(empty) }, `no column "temp"`},
		{"empty range", func() { FitMinMax(df, 1, 1, "temp") }, "the range 1 to 1 is empty"},
		{"time", func() {
			Resample(FromColumns([]string{"t", "x"}, []string{"2024-01-01", "soon"}, []int{1, 2}), "t", "D")
		}, `row 1: "soon" is no time`},
		{"time span", func() { Resample(FromColumns([]string{"t"}, []string{"2024-01-01"}), "t", "fortnight") }, "no time span"},
		{"times as numbers", func() { Resample(df, "temp", "D") }, "holds float64, not times"},
		{"cast", func() { Cast(df, "city", "int64") }, `column "city", row 0: "x" does not convert to int64`},
		{"cast a fraction", func() { Cast(FromSlice([]float64{1.5}), "0", "int64") }, "1.5 does not convert to int64"},
		{"cast type", func() { Cast(df, "city", "complex") }, `no type "complex"`},
		{"ints of missing", func() { Ints(df, "temp") }, `row 1 is NaN, not a whole number`},
		{"bools of text", func() { Bools(df, "city") }, "row 0 is x, not a bool"},
		{"window", func() { Rolling(df, 0) }, "a window of 0 rows"},
		{"periods", func() { Rolling(df, 3, RollingOptions{MinPeriods: 4}) }, "MinPeriods 4"},
		{"ewm", func() { EWM(df, EWMOptions{}) }, "give one of Alpha, Span and Com"},
		{"alpha", func() { EWM(df, EWMOptions{Alpha: 2}) }, "Alpha is 2"},
		{"quantile", func() { Quantile(df, "temp", 25) }, "quantile 25 is outside"},
		{"row", func() { ILoc(df, 3) }, "no row 3 in a frame of 3 rows"},
		{"label", func() { Loc(df, 7) }, "no row is labelled 7"},
		{"merge keys", func() { Merge(df, empty) }, "keys [] on the left"},
		{"merge types", func() { Merge(df, FromColumns([]string{"city"}, []int{1})) }, `key "city" is string on the left and int`},
		{"merge how", func() { Merge(df, df, MergeOptions{How: "cross", On: []string{"city"}}) }, `How is "cross"`},
		{"pivot", func() { PivotTable(df, PivotOptions{Columns: "city"}) }, "must be given"},
		{"rename", func() { Rename(df, "temp") }, "1 names; give pairs"},
		{"query quote", func() { Filter(df, "city == 'x") }, "the quote at column 9 is not closed"},
		{"query end", func() { Filter(df, "temp >") }, "want a name, a number or a text at the end"},
		{"query sign", func() { Filter(df, "temp = 1") }, `'=' at column 6 means nothing here`},
		{"query types", func() { Filter(df, "temp == 'x'") }, "cannot compare a column of float64"},
		{"query no mask", func() { Filter(df, "temp + 1") }, "not true or false for each row"},
		{"marks", func() { Where(df, []bool{true}) }, "1 marks for 3 rows"},
		{"sample", func() { Sample(df, 4, stream) }, "4 of 3 rows; set Replace"},
		{"split", func() { TrainTestSplit(df, 3) }, "a test part of 3 of 3 rows"},
		{"order", func() { TrainTestSplit(df, .3, SplitOptions{Order: []int{0, 0, 1}}) }, "no permutation"},
		{"folds", func() { TimeSeriesSplit(3, 5) }, "need more than 3 rows"},
		{"walk", func() { WalkForward([]float64{1, 2}, 2, Persistence) }, "2 steps to predict of 2 values"},
		{"steps", func() { Supervised(df, -1, 1) }, "-1 steps in and 1 out"},
		{"windows", func() { Windows(df, 0, 1) }, "0 steps"},
		{"history", func() { InvertDiff(empty, empty, 2) }, "0 rows of history for periods 2"},
		{"matrix column", func() { Column(Values(Select(df, "temp")), 1) }, "no column 1 in a matrix of 3 x 1"},
		{"plot of text", func() { PlotLine(Select(df, "city")) }, "no number columns to draw"},
		{"lag plot", func() { PlotLag(df, "temp", 3) }, "lag 3 of 3 rows"},
		{"autocorrelation with holes", func() { Autocorrelations(df, "temp", 1) }, "1 of them missing"},
		{"frame that failed", func() { Shift(gota.LoadRecords(nil), 1) }, "the frame holds an error: "},
	}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			err := problem(m.do)
			if err == nil || !strings.HasPrefix(err.Error(), "dataframe: ") || !strings.Contains(err.Error(), m.want) {
				t.Errorf("error %v\nwant    %s", err, m.want)
			}
		})
	}
}

func TestBadCSV(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "the text is empty",
		"\n\n":                  "the text is empty",
		"a,b\n1,2\n3,4,5\n":     "line 3, column 5: more than the 2 fields of the header",
		"a,b\n1,\"x\n2,y\n":     "line 2, column 3: the quoted field that begins there does not end",
		"a\n\"x\ny\"\n\"open\n": "line 4, column 1: the quoted field",
		"n,s\n1,a\nseven,b\n":   `line 3, column 1: "seven" does not convert to int64 (column "n")`,
		"n,s\r\n1,a\r\nx,b\r\n": `line 3, column 1: "x" does not convert to int64`,
		"n,s\n" + strings.Repeat("1,a\n", 300_000) + "x,b\n": `line 300002, column 1: "x" does not convert`,
	} {
		_, err := ReadCSV(strings.NewReader(text), ReadCSVOptions{Types: typesOf(text)})
		if err == nil || !strings.HasPrefix(err.Error(), "dataframe: ReadCSV: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: error %v\nwant %s", text, err, want)
		}
	}
	if _, err := ReadCSV(strings.NewReader("a\n1\n"), ReadCSVOptions{Types: map[string]string{"aa": "int64"}}); err == nil || !strings.Contains(err.Error(), `no column "aa"; did you mean "a"?`) {
		t.Errorf("unknown column in Types: %v", err)
	}
	if _, err := ReadCSV(failing{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a reader that fails: %v", err)
	}
	if err := WriteCSV(failing{}, FromSlice([]int{1})); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a writer that fails: %v", err)
	}
	if _, err := ReadCSVFile("does/not/exist.csv"); err == nil {
		t.Error("a file that is not there is read")
	}
}

func typesOf(text string) map[string]string {
	if strings.HasPrefix(text, "n,") {
		return map[string]string{"n": "int64"}
	}
	return nil
}

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, io.ErrUnexpectedEOF }
func (failing) Write([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestCSVForms: the same table in every form that is read alike.
func TestCSVForms(t *testing.T) {
	want := FromColumns([]string{"a", "b"}, []int{1, 2}, []string{"x", "y, \"z\"\nw"})
	for _, text := range []string{
		"a,b\n1,x\n2,\"y, \"\"z\"\"\nw\"\n", "\xef\xbb\xbfa,b\n1,x\n2,\"y, \"\"z\"\"\nw\"", "a,b\r\n1,x\r\n\r\n2,\"y, \"\"z\"\"\nw\"\r\n",
		"a,b\n\n 1,\"x\"\n2 ,\"y, \"\"z\"\"\nw\"\n\n",
	} {
		got, err := ReadCSV(strings.NewReader(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		sameColumns(t, 0, text, memory.columns(got), memory.columns(want))
	}
}

// TestIntOverflow: a whole number beyond int64 makes the column float64, and the
// rest of the text decides the type however far away it is.
func TestIntOverflow(t *testing.T) {
	df, err := ReadCSV(strings.NewReader("n\n" + strings.Repeat("1\n", 600_000) + "9223372036854775808\n"))
	if err != nil || DTypes(df)[0] != "float64" || Floats(df, "n")[600_000] != 9223372036854775808 {
		t.Fatalf("%v %v", DTypes(df), err)
	}
	df, err = ReadCSV(strings.NewReader("n\n" + strings.Repeat("007\n", 600_000) + "bond\n"))
	if err != nil || DTypes(df)[0] != "object" || Strings(df, "n")[0] != "007" {
		t.Fatalf("%v %v %q", DTypes(df), err, Strings(df, "n")[0])
	}
}

func TestBadJSONLines(t *testing.T) {
	for text, want := range map[string]string{
		"{\"a\":1}\n[1]\n":           "line 2: want an object",
		"{\"a\":1}\n\n{\"a\":}\n":    "line 3: ",
		"{\"a\":{\"b\":1}}":          `member "a": an array or object does not fit`,
		"{\"a\":1}{\"a\":2}\n":       "something follows the object",
		"{\"a\":1}\n{\"a\":\"x\"}\n": `column "a": row value 1: "x"`,
	} {
		_, err := ReadJSONLines(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
	if err := WriteJSONLines(io.Discard, FromSlice([]float64{math.Inf(1)})); err == nil || !strings.Contains(err.Error(), `row 0, column "0"`) {
		t.Errorf("infinity: %v", err)
	}
}

func TestJSONLinesKeepBits(t *testing.T) {
	df := FromColumns([]string{"x", "n", "s"}, []float64{0.1 + 0.2, 5e-324}, []int{1 << 53, -1}, []any{"a<b\n", nil})
	var b bytes.Buffer
	if err := WriteJSONLines(&b, df); err != nil {
		t.Fatal(err)
	}
	got, err := ReadJSONLines(&b)
	if err != nil {
		t.Fatal(err)
	}
	sameColumns(t, 0, "json", memory.columns(got), memory.columns(df))
}

// TestAllMissing: columns without any value go through every verb.
func TestAllMissing(t *testing.T) {
	nan := math.NaN()
	df := FromColumns([]string{"a", "k"}, []float64{nan, nan}, []any{"x", nil})
	if got := Mean(df, "a"); got == got {
		t.Errorf("the mean of nothing is %v", got)
	}
	if got := Sum(df, "a"); got != 0 {
		t.Errorf("the sum of nothing is %v", got)
	}
	for name, n := range map[string]int{
		"drop": DropNaN(df).Nrow(), "group": GroupBy(df, []string{"a"}).Size().Nrow(), "mean": GroupBy(df, []string{"k"}).Mean().Nrow() - 1,
		"supervised": Supervised(Select(df, "a"), 1, 1).Nrow(),
	} {
		if n != 0 {
			t.Errorf("%s leaves %d rows", name, n)
		}
	}
	for _, p := range []func() *plot.Plot{func() *plot.Plot { return PlotHist(df, "a", 0) }} {
		if err := problem(func() { p() }); err == nil || !strings.Contains(err.Error(), "no finite values") {
			t.Errorf("a plot of nothing: %v", err)
		}
	}
}

// TestEmptyFrames: every verb that makes sense takes a frame without rows.
func TestEmptyFrames(t *testing.T) {
	df := FromColumns([]string{"a", "s"}, []float64{}, []string{})
	a := Select(df, "a")
	for name, got := range map[string]DataFrame{
		"Shift": Shift(df, 1), "Concat": Concat([]DataFrame{df, df}), "ConcatColumns": ConcatColumns(df, df), "DropNaN": DropNaN(df),
		"Head": Head(df, 5), "Tail": Tail(df, 5), "SortBy": SortBy(df, []string{"s", "a"}), "Unique": Unique(df), "Filter": Filter(df, "a > 0"),
		"GroupBy": GroupBy(df, []string{"s"}).Mean(), "Merge": Merge(df, df), "Diff": Diff(a, 1), "CumSum": CumSum(a),
		"Rolling": Rolling(a, 3).Mean(), "Median": Rolling(a, 3).Median(), "EWM": EWM(a, EWMOptions{Alpha: .5}).Mean(), "Interpolate": Interpolate(df),
		"Melt": Melt(df, MeltOptions{ID: []string{"s"}}), "Supervised": Supervised(a, 1, 1), "Lags": Lags(df, []int{1}), "ValueCounts": ValueCounts(df, "s"),
		"WithIndex": WithIndex(df), "Shuffle": Shuffle(df, rng.Root(1).Stream("s")),
	} {
		if got.Err != nil || got.Nrow() != 0 {
			t.Errorf("%s: %d rows, error %v", name, got.Nrow(), got.Err)
		}
	}
	if m := Values(a); !m.IsEmpty() {
		t.Error("the values of no rows are not empty")
	}
	if !strings.HasPrefix(Text(df), "Empty DataFrame") || !strings.Contains(HTML(df), "<th>a</th>") {
		t.Errorf("%s\n%s", Text(df), HTML(df))
	}
}

func TestSQLMistakes(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := ReadSQL(t.Context(), db, "select nothing from nowhere"); err == nil || !strings.HasPrefix(err.Error(), "dataframe: ReadSQL: ") {
		t.Errorf("a wrong query: %v", err)
	}
	df, err := ReadSQL(t.Context(), db, "select 1 as n, 0.5 as x, 'a' as s, null as z union all select 2, null, null, null")
	if err != nil {
		t.Fatal(err)
	}
	if got := DTypes(df); strings.Join(got, " ") != "int64 float64 object float64" || !IsNaN(df, "s")[1] || Ints(df, "n")[1] != 2 {
		t.Errorf("types %v\n%s", got, Text(df))
	}
	if _, err := ReadSQL(t.Context(), db, "select 1 as n union all select 'x'"); err == nil || !strings.Contains(err.Error(), `column "n"`) {
		t.Errorf("mixed types: %v", err)
	}
}
