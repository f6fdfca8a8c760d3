package dataframe

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"reprise/nnlib/rng"
)

// publishedCases is the number of cases in testdata/pandas_vectors.json.
const publishedCases = 198

// A caseRunner computes what a case's call says and compares.
type caseRunner func(t *testing.T, c pandasCase)

// runners has an entry for every call in the vectors, but for the statistical tests.
var runners = map[string]caseRunner{
	"df":                       frameCase(func(in frames) DataFrame { return in["df"] }),
	"df.shift(1)":              frameCase(func(in frames) DataFrame { return Shift(in["df"], 1) }),
	"s.shift(1)":               frameCase(func(in frames) DataFrame { return Shift(in["s"], 1) }),
	"df.shift(2)":              frameCase(func(in frames) DataFrame { return Shift(in["df"], 2) }),
	"df.shift(-1)":             frameCase(func(in frames) DataFrame { return Shift(in["df"], -1) }),
	"df.shift(-3)":             frameCase(func(in frames) DataFrame { return Shift(in["df"], -3) }),
	"df.shift(0)":              frameCase(func(in frames) DataFrame { return Shift(in["df"], 0) }),
	"df.shift(4)":              frameCase(func(in frames) DataFrame { return Shift(in["df"], 4) }),
	"df.shift(9)":              frameCase(func(in frames) DataFrame { return Shift(in["df"], 9) }),
	"df.shift(-9)":             frameCase(func(in frames) DataFrame { return Shift(in["df"], -9) }),
	"df.shift(1,fill_value=0)": frameCase(func(in frames) DataFrame { return Shift(in["df"], 1, ShiftOptions{Fill: 0}) }),
	"df.shift(1,axis=1)":       frameCase(func(in frames) DataFrame { return Shift(in["df"], 1, ShiftOptions{Axis: 1}) }),
	"df.shift(1).shift(-1)":    frameCase(func(in frames) DataFrame { return Shift(Shift(in["df"], 1), -1) }),

	"concat([df.shift(1), df], axis=1)":                      frameCase(tutorial),
	"concat([df.shift(1), df], axis=1).dropna()":             frameCase(func(in frames) DataFrame { return DropNaN(tutorial(in)) }),
	"concat([df.shift(1), df], axis=1).dropna().values":      matrixCase(func(in frames) *mat.Dense { return Values(DropNaN(tutorial(in))) }),
	"concat([df.shift(1), df], axis=1).dropna().values[:,0]": listCase(func(in frames) []float64 { return Column(Values(DropNaN(tutorial(in))), 0) }),
	"concat([df.shift(1), df], axis=1).dropna().values[:,1]": listCase(func(in frames) []float64 { return Column(Values(DropNaN(tutorial(in))), 1) }),
	"concat([df.shift(1), df], axis=1)[0]":                   frameCase(func(in frames) DataFrame { return Select(tutorial(in), "0") }),

	"concat([x,y],axis=1)":   frameCase(func(in frames) DataFrame { return ConcatColumns(in["x"], in["y"]) }),
	"concat([x,y,z],axis=1)": frameCase(func(in frames) DataFrame { return ConcatColumns(in["x"], in["y"], in["z"]) }),
	"concat([s,x],axis=1)":   frameCase(func(in frames) DataFrame { return ConcatColumns(in["s"], in["x"]) }),
	`concat([x,y],axis=1,join="inner")`: frameCase(func(in frames) DataFrame {
		return Concat([]DataFrame{in["x"], in["y"]}, ConcatOptions{Axis: 1, Join: "inner"})
	}),
	"concat([x,y],axis=1,ignore_index=True)": frameCase(func(in frames) DataFrame {
		return Concat([]DataFrame{in["x"], in["y"]}, ConcatOptions{Axis: 1, IgnoreIndex: true})
	}),
	`concat([x,y],axis=1,keys=["l","r"])`: frameCase(func(in frames) DataFrame {
		return Concat([]DataFrame{in["x"], in["y"]}, ConcatOptions{Axis: 1, Keys: []string{"l", "r"}})
	}),
	"concat([x.dropna(),y],axis=1)": frameCase(func(in frames) DataFrame { return ConcatColumns(DropNaN(in["x"]), in["y"]) }),
	"concat([x.dropna().reset_index(drop=True),y],axis=1)": frameCase(func(in frames) DataFrame {
		return ConcatColumns(ResetIndex(DropNaN(in["x"]), ResetIndexOptions{Drop: true}), in["y"])
	}),
	"concat([],axis=1)": frameCase(func(in frames) DataFrame { return Concat(nil, ConcatOptions{Axis: 1}) }),
	"concat([x,y])":     frameCase(func(in frames) DataFrame { return Concat([]DataFrame{in["x"], in["y"]}) }),

	"df.dropna()":                   frameCase(func(in frames) DataFrame { return DropNaN(in["df"]) }),
	`df.dropna(how="all")`:          frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{How: "all"}) }),
	`df.dropna(how="some")`:         frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{How: "some"}) }),
	`df.dropna(how="any",thresh=2)`: frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{How: "any", Thresh: 2}) }),
	"df.dropna(thresh=1)":           frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Thresh: 1}) }),
	"df.dropna(thresh=2)":           frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Thresh: 2}) }),
	"df.dropna(thresh=3)":           frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Thresh: 3}) }),
	"df.dropna(thresh=4)":           frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Thresh: 4}) }),
	`df.dropna(subset=["a"])`:       frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Subset: []string{"a"}}) }),
	"df.dropna(axis=1)":             frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Axis: 1}) }),
	"df.dropna(axis=1,thresh=3)":    frameCase(func(in frames) DataFrame { return DropNaN(in["df"], DropNaNOptions{Axis: 1, Thresh: 3}) }),

	"df.values": recordsCase,

	"df.describe()": frameCase(func(in frames) DataFrame { return Describe(in["df"]) }),
	"s.describe()":  frameCase(func(in frames) DataFrame { return Describe(in["s"]) }),
	"df.describe(percentiles=[.1,.9])": frameCase(func(in frames) DataFrame {
		return Describe(in["df"], DescribeOptions{Percentiles: []float64{.1, .9}})
	}),
	`df.describe(include="all")`: frameCase(func(in frames) DataFrame { return Describe(in["df"], DescribeOptions{All: true}) }),

	"s.rolling(3).mean()":                      frameCase(func(in frames) DataFrame { return Rolling(in["s"], 3).Mean() }),
	"s.rolling(1).mean()":                      frameCase(func(in frames) DataFrame { return Rolling(in["s"], 1).Mean() }),
	"df.rolling(2).mean()":                     frameCase(func(in frames) DataFrame { return Rolling(in["df"], 2).Mean() }),
	"s.rolling(3,min_periods=1).mean()":        frameCase(func(in frames) DataFrame { return rolling3(in, 1).Mean() }),
	"s.rolling(3,center=True).mean()":          frameCase(func(in frames) DataFrame { return Rolling(in["s"], 3, RollingOptions{Center: true}).Mean() }),
	"s.rolling(2).std()":                       frameCase(func(in frames) DataFrame { return Rolling(in["s"], 2).Std() }),
	"s.rolling(2).std(ddof=0)":                 frameCase(func(in frames) DataFrame { return Rolling(in["s"], 2).Std(VarOptions{Population: true}) }),
	"s.rolling(3,min_periods=2).sum()":         frameCase(func(in frames) DataFrame { return rolling3(in, 2).Sum() }),
	"s.rolling(3,min_periods=1).min()":         frameCase(func(in frames) DataFrame { return rolling3(in, 1).Min() }),
	"s.rolling(3,min_periods=1).max()":         frameCase(func(in frames) DataFrame { return rolling3(in, 1).Max() }),
	"s.rolling(3,min_periods=1).quantile(.25)": frameCase(func(in frames) DataFrame { return rolling3(in, 1).Quantile(.25) }),
	"s.rolling(3,min_periods=0).count()":       frameCase(func(in frames) DataFrame { return Rolling(in["s"], 3).Count() }),
	"s.expanding().mean()":                     frameCase(func(in frames) DataFrame { return Expanding(in["s"]).Mean() }),
	"s.expanding(2).std()":                     frameCase(func(in frames) DataFrame { return Expanding(in["s"], ExpandingOptions{MinPeriods: 2}).Std() }),
	"s.ewm(alpha=.5).mean()":                   frameCase(func(in frames) DataFrame { return EWM(in["s"], EWMOptions{Alpha: .5}).Mean() }),
	"s.ewm(alpha=.5,adjust=False).mean()":      frameCase(func(in frames) DataFrame { return EWM(in["s"], EWMOptions{Alpha: .5, Recursive: true}).Mean() }),
	"s.ewm(alpha=.5,ignore_na=True).mean()":    frameCase(func(in frames) DataFrame { return EWM(in["s"], EWMOptions{Alpha: .5, IgnoreNaN: true}).Mean() }),
	"s.ewm(alpha=.5).std()":                    frameCase(func(in frames) DataFrame { return EWM(in["s"], EWMOptions{Alpha: .5}).Std() }),
	"s.diff()":                                 frameCase(func(in frames) DataFrame { return Diff(in["s"], 1) }),
	"df.diff()":                                frameCase(func(in frames) DataFrame { return Diff(in["df"], 1) }),
	"s.diff(2)":                                frameCase(func(in frames) DataFrame { return Diff(in["s"], 2) }),
	"s.diff(-1)":                               frameCase(func(in frames) DataFrame { return Diff(in["s"], -1) }),
	"s.pct_change(fill_method=None)":           frameCase(func(in frames) DataFrame { return PctChange(in["s"], 1) }),
	"s.cumprod()":                              frameCase(func(in frames) DataFrame { return CumProd(in["s"]) }),
	"s.ffill()":                                frameCase(func(in frames) DataFrame { return FillForward(in["s"]) }),
	"s.bfill()":                                frameCase(func(in frames) DataFrame { return FillBackward(in["s"]) }),
	"s.interpolate()":                          frameCase(func(in frames) DataFrame { return Interpolate(in["s"]) }),
	"s.fillna(0)":                              frameCase(func(in frames) DataFrame { return FillNaN(in["s"], 0) }),
	"s.mean()":                                 numberCase(func(in frames) float64 { return Mean(in["s"], "0") }),
	"s.var(ddof=0)":                            numberCase(func(in frames) float64 { return Var(in["s"], "0", VarOptions{Population: true}) }),
	"s.median()":                               numberCase(func(in frames) float64 { return Median(in["s"], "0") }),
	"s.quantile([0,.25,.5,.75,1])":             frameCase(func(in frames) DataFrame { return Quantiles(in["s"], 0, .25, .5, .75, 1) }),
	"s.skew()":                                 numberCase(func(in frames) float64 { return Skew(in["s"], "0") }),
	"s.kurt()":                                 numberCase(func(in frames) float64 { return Kurt(in["s"], "0") }),
	"s.dropna().autocorr(1)":                   numberCase(func(in frames) float64 { return Autocorr(DropNaN(in["s"]), "0", 1) }),
	"pd.Series([nan,nan]).sum()":               numberCase(func(frames) float64 { return Sum(FromSlice([]float64{math.NaN(), math.NaN()}), "0") }),
	"pd.Series([],dtype=float).prod()":         numberCase(func(frames) float64 { return Prod(FromSlice([]float64{}), "0") }),
	"pd.Series([],dtype=float).mean()":         numberCase(func(frames) float64 { return Mean(FromSlice([]float64{}), "0") }),

	"s2s(L)":     frameCase(func(in frames) DataFrame { return Supervised(WithIndex(in["L"]), 1, 1) }),
	"s2s(L,3)":   frameCase(func(in frames) DataFrame { return Supervised(WithIndex(in["L"]), 3, 1) }),
	"s2s(L,2,2)": frameCase(func(in frames) DataFrame { return Supervised(WithIndex(in["L"]), 2, 2) }),
	"s2s(L,1,3)": frameCase(func(in frames) DataFrame { return Supervised(WithIndex(in["L"]), 1, 3) }),
	"s2s(L,2,1,False)": frameCase(func(in frames) DataFrame {
		return Supervised(WithIndex(in["L"]), 2, 1, SupervisedOptions{KeepNaN: true})
	}),
	"s2s(mv.values)":      frameCase(func(in frames) DataFrame { return Supervised(in["mv"], 1, 1) }),
	"s2s(mv.values,1,2)":  frameCase(func(in frames) DataFrame { return Supervised(in["mv"], 1, 2) }),
	"s2s(mv,2,1)":         frameCase(func(in frames) DataFrame { return Supervised(in["mv"], 2, 1) }),
	"s2s(x,1,1)":          frameCase(func(in frames) DataFrame { return Supervised(WithIndex(in["x"]), 1, 1) }),
	"s2s(np.arange(5.0))": acceptsOneDimension,

	"train_test_split(x,test_size=.3,shuffle=False)": listCase(func(in frames) []float64 { return bothParts(TrainTestSplit(in["x"], .3)) }),
	"train_test_split(x,test_size=.3,random_state=1)": listCase(func(in frames) []float64 {
		return bothParts(TrainTestSplit(in["x"], .3, SplitOptions{Order: rng.NewRandomState(1).Permutation(10)}))
	}),
	"np.random.RandomState(1).permutation(10)": listCase(func(frames) []float64 { return toNumbers(rng.NewRandomState(1).Permutation(10)) }),
	"[[list(map(int,a)),list(map(int,b))] for a,b in TimeSeriesSplit(3).split(x)]": listCase(func(frames) []float64 {
		var out []float64
		for _, f := range TimeSeriesSplit(10, 3) {
			out = append(append(out, toNumbers(f.Train)...), toNumbers(f.Test)...)
		}
		return out
	}),

	"MinMaxScaler((-1,1)).fit_transform(x)": listCase(func(in frames) []float64 {
		return Floats(FitMinMax(in["x"], -1, 1).Transform(in["x"]), "0")
	}),
	"!m=MinMaxScaler((-1,1)).fit(x)\nout=m.inverse_transform(m.transform(x))": listCase(func(in frames) []float64 {
		s := FitMinMax(in["x"], -1, 1)
		return Floats(s.Inverse(s.Transform(in["x"])), "0")
	}),
	"MinMaxScaler().fit(x).transform(np.array([[12.0],[-3.0]]))": listCase(func(in frames) []float64 {
		return Floats(FitMinMax(in["x"], 0, 1).Transform(FromSlice([]float64{12, -3})), "0")
	}),
	"StandardScaler().fit_transform(x)": listCase(func(in frames) []float64 {
		return Floats(FitStandard(in["x"]).Transform(in["x"]), "0")
	}),
	"difference(L,1)": listCase(func(in frames) []float64 { return Floats(Slice(Diff(in["L"], 1), 1, 99), "0") }),
	"[inverse_difference(L[:k],L[k]-L[k-1],1) for k in range(1,4)]": listCase(func(in frames) []float64 {
		return Floats(InvertDiff(Slice(Diff(in["L"], 1), 1, 4), Head(in["L"], 1), 1), "0")
	}),
	"walk_forward(L,3)": listCase(func(in frames) []float64 {
		w := WalkForward(Floats(in["L"], "0"), 3, Persistence)
		var out []float64
		for i := range w.Actual {
			out = append(out, w.Predicted[i], w.Actual[i])
		}
		return out
	}),
	"mean_squared_error(*zip(*[(b,a) for a,b in walk_forward(L,3)]))": numberCase(func(in frames) float64 {
		return WalkForward(Floats(in["L"], "0"), 3, Persistence).MSE()
	}),

	`df.groupby("k").mean()`: frameCase(func(in frames) DataFrame { return SetIndex(GroupBy(in["df"], []string{"k"}).Mean(), "k") }),
	`df.groupby("k",dropna=False).mean()`: frameCase(func(in frames) DataFrame {
		return SetIndex(GroupBy(in["df"], []string{"k"}, GroupByOptions{KeepNaN: true}).Mean(), "k")
	}),
	`df.groupby("k",sort=False).mean()`: frameCase(func(in frames) DataFrame {
		return SetIndex(GroupBy(in["df"], []string{"k"}, GroupByOptions{Unsorted: true}).Mean(), "k")
	}),
	`df.groupby("k")["v"].agg(["count","sum","std","min","max"])`: frameCase(func(in frames) DataFrame {
		return SetIndex(GroupBy(in["df"], []string{"k"}).Agg("v", "count", "sum", "std", "min", "max"), "k")
	}),
	`df.sort_values("a",kind="stable")`: frameCase(func(in frames) DataFrame { return SortBy(in["df"], []string{"a"}) }),
	`df.sort_values("a",na_position="first",kind="stable")`: frameCase(func(in frames) DataFrame {
		return SortBy(in["df"], []string{"a"}, SortOptions{NaNFirst: true})
	}),
	`df.sort_values(["a","t"],ascending=[True,False])`: frameCase(func(in frames) DataFrame {
		return SortBy(in["df"], []string{"a", "t"}, SortOptions{Descending: []bool{false, true}})
	}),

	"df.to_csv()": func(t *testing.T, c pandasCase) {
		var b bytes.Buffer
		if err := WriteCSV(&b, openInputs(t, c)["df"]); err != nil || b.String() != c.Expected.Value {
			t.Errorf("%q, %v; want %q", b.String(), err, c.Expected.Value)
		}
	},
	`pd.read_csv(io.StringIO(df.to_csv(index=False)),float_precision="round_trip")`: frameCase(func(in frames) DataFrame {
		var b bytes.Buffer
		if err := WriteCSV(&b, ResetIndex(in["df"], ResetIndexOptions{Drop: true})); err != nil {
			panic(err)
		}
		return mustReadCSV(b.String())
	}),
	`pd.read_csv(io.StringIO("a,b\n1,NA\n,null\nNaN,x\n#N/A,None\n"))`: frameCase(func(frames) DataFrame {
		return mustReadCSV("a,b\n1,NA\n,null\nNaN,x\n#N/A,None\n")
	}),
	`pd.read_csv(io.StringIO("i,f,b,s,d\n1,1.5,True,x,007\n2,,False,,010\n")) `: frameCase(func(frames) DataFrame {
		return mustReadCSV("i,f,b,s,d\n1,1.5,True,x,007\n2,,False,,010\n")
	}),
	`pd.read_csv(io.StringIO("a,a,a\n1,2,3\n"))`: frameCase(func(frames) DataFrame { return mustReadCSV("a,a,a\n1,2,3\n") }),

	`df[df["a"]>1.5]`:               frameCase(func(in frames) DataFrame { return Filter(in["df"], "a > 1.5") }),
	`df[df["a"]!=1.5]`:              frameCase(func(in frames) DataFrame { return Filter(in["df"], "a != 1.5") }),
	`df[df["b"].isin([10.0,40.0])]`: frameCase(func(in frames) DataFrame { return Filter(in["df"], "b in [10.0, 40.0]") }),
}

func rolling3(in frames, periods int) *Window {
	return Rolling(in["s"], 3, RollingOptions{MinPeriods: periods})
}

func bothParts(train, test DataFrame) []float64 {
	return append(Floats(train, "0"), Floats(test, "0")...)
}

func toNumbers(ints []int) []float64 {
	out := make([]float64, len(ints))
	for i, n := range ints {
		out[i] = float64(n)
	}
	return out
}

func mustReadCSV(text string) DataFrame {
	df, err := ReadCSV(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	return WithIndex(df)
}

// acceptsOneDimension: the published function fails on a 1-D array; ours takes it.
func acceptsOneDimension(t *testing.T, c pandasCase) {
	got := Supervised(FromSlice([]float64{0, 1, 2, 3, 4}), 1, 1)
	sameScalars(t, Values(got).RawMatrix().Data, []any{0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0}, 0)
}

// numberCase compares one number.
func numberCase(f func(in frames) float64) caseRunner {
	return listCase(func(in frames) []float64 { return []float64{f(in)} })
}

type frames = map[string]DataFrame

func tutorial(in frames) DataFrame { return ConcatColumns(Shift(in["df"], 1), in["df"]) }

// listCase compares numbers with a 1-D array, a series or a list.
func listCase(f func(in frames) []float64) caseRunner {
	return func(t *testing.T, c pandasCase) {
		sameScalars(t, f(openInputs(t, c)), c.Expected.numbers(t), 0)
	}
}

func matrixCase(f func(in frames) *mat.Dense) caseRunner {
	return func(t *testing.T, c pandasCase) {
		m := f(openInputs(t, c))
		if r, k := m.Dims(); r*k > 0 && (r != c.Expected.Shape[0] || k != c.Expected.Shape[1]) {
			t.Errorf("%d x %d, want %v", r, k, c.Expected.Shape)
		}
		sameScalars(t, m.RawMatrix().Data, c.Expected.Data, 0)
	}
}

// recordsCase compares df.values as objects, and as a matrix where all are numbers.
func recordsCase(t *testing.T, c pandasCase) {
	df := openInputs(t, c)["df"]
	records := Records(df)
	if len(records) != c.Expected.Shape[0] {
		t.Fatalf("%d rows, want %v", len(records), c.Expected.Shape)
	}
	var flat []any
	for _, r := range records {
		flat = append(flat, r...)
	}
	if len(flat) != len(c.Expected.Data) {
		t.Fatalf("%d values, want %d", len(flat), len(c.Expected.Data))
	}
	for i, w := range c.Expected.Data {
		dtype := c.Expected.Dtype
		if f, ok := flat[i].(float64); ok && dtype == "object" {
			_, dtype = f, "float64"
		}
		want := goValue(w, dtype)
		if n, ok := flat[i].(int); ok && dtype == "float64" {
			flat[i] = float64(n) // Records keeps ints; the matrix below is compared too
		}
		if !sameValue(flat[i], want, 0) {
			t.Errorf("value %d is %#v, want %#v", i, flat[i], want)
		}
	}
	if dtype := c.Expected.Dtype; dtype != "object" && dtype != "bool" {
		sameScalars(t, Values(df).RawMatrix().Data, c.Expected.Data, 0)
	}
}

func openInputs(t *testing.T, c pandasCase) frames {
	in := frames{}
	for name, v := range c.Inputs {
		in[name] = v.table(t).frame()
	}
	return in
}

func frameCase(f func(in frames) DataFrame) caseRunner {
	return func(t *testing.T, c pandasCase) {
		in := openInputs(t, c)
		if c.Expected.Kind == "error" {
			err := problem(func() { f(in) })
			if err == nil || !strings.HasPrefix(err.Error(), "dataframe: ") {
				t.Fatalf("pandas raises %s (%s), ours gave %v", c.Expected.Type, c.Expected.Message, err)
			}
			return
		}
		sameFrame(t, f(in), c.Expected)
	}
}

// TestPandasVectors runs every case; a call that no runner knows fails.
func TestPandasVectors(t *testing.T) {
	cases := readCases(t, "testdata/pandas_vectors.json")
	if len(cases) != publishedCases {
		t.Fatalf("%d cases, want %d", len(cases), publishedCases)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			run := runners[c.Call]
			if run == nil {
				run = statistics[c.Call]
			}
			if run == nil {
				t.Fatalf("no runner for %s", c.Call)
			}
			run(t, c)
		})
	}
}
