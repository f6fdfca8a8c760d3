package dataframe

import (
	"bytes"
	"testing"

	"reprise/nnlib/rng"
)

// furtherCases is the number of cases in testdata/pandas_more.json.
const furtherCases = 291

// rounding is allowed where pandas adds in another order than ours: its corr, cov
// and skewness are one-pass, groups of floats are summed in blocks.
const rounding = 1e-12

// nearCase is frameCase with rounding allowed.
func nearCase(f func(in frames) DataFrame) caseRunner {
	return func(t *testing.T, c pandasCase) {
		compareTables(t, open("test", f(openInputs(t, c))), c.Expected, rounding)
	}
}

func ab(in frames, names ...string) DataFrame { return Select(in["df"], names...) }

func byK(in frames, names ...string) *Groups {
	return GroupBy(Select(in["df"], append([]string{"k"}, names...)...), []string{"k"})
}

func keyed(df DataFrame) DataFrame { return SetIndex(df, "k") }

var furtherRunners = map[string]caseRunner{
	`df[["a","i"]].cumsum()`:  frameCase(func(in frames) DataFrame { return CumSum(ab(in, "a", "i")) }),
	`df[["b","i"]].cumprod()`: frameCase(func(in frames) DataFrame { return CumProd(ab(in, "b", "i")) }),
	`df[["a","i"]].cummax()`:  frameCase(func(in frames) DataFrame { return CumMax(ab(in, "a", "i")) }),
	`df[["a","i"]].cummin()`:  frameCase(func(in frames) DataFrame { return CumMin(ab(in, "a", "i")) }),

	`df[["a","b"]].rolling(4,min_periods=2).mean()`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a", "b"), 4, RollingOptions{MinPeriods: 2}).Mean()
	}),
	`df[["a","b"]].rolling(4,min_periods=2).sum()`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a", "b"), 4, RollingOptions{MinPeriods: 2}).Sum()
	}),
	`df[["a","b"]].rolling(3).var()`: frameCase(func(in frames) DataFrame { return Rolling(ab(in, "a", "b"), 3).Var() }),
	`df[["a"]].rolling(5,min_periods=1).median()`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a"), 5, RollingOptions{MinPeriods: 1}).Median()
	}),
	`df[["a"]].rolling(4,min_periods=1,center=True).max()`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a"), 4, RollingOptions{MinPeriods: 1, Center: true}).Max()
	}),
	`df[["a","i"]].rolling(3,min_periods=1).min()`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a", "i"), 3, RollingOptions{MinPeriods: 1}).Min()
	}),
	`df[["a"]].rolling(6,min_periods=2).quantile(.7)`: frameCase(func(in frames) DataFrame {
		return Rolling(ab(in, "a"), 6, RollingOptions{MinPeriods: 2}).Quantile(.7)
	}),
	`df[["a","b"]].expanding(2).var()`: frameCase(func(in frames) DataFrame {
		return Expanding(ab(in, "a", "b"), ExpandingOptions{MinPeriods: 2}).Var()
	}),
	`df[["a"]].expanding().median()`:   frameCase(func(in frames) DataFrame { return Expanding(ab(in, "a")).Median() }),
	`df[["a","b"]].ewm(span=4).mean()`: frameCase(func(in frames) DataFrame { return EWM(ab(in, "a", "b"), EWMOptions{Span: 4}).Mean() }),
	`df[["a","b"]].ewm(com=2,min_periods=2).var()`: frameCase(func(in frames) DataFrame {
		return EWM(ab(in, "a", "b"), EWMOptions{Com: 2, MinPeriods: 2}).Var()
	}),
	`df[["a"]].ewm(alpha=.3,adjust=False,ignore_na=True).std()`: frameCase(func(in frames) DataFrame {
		return EWM(ab(in, "a"), EWMOptions{Alpha: .3, Recursive: true, IgnoreNaN: true}).Std()
	}),

	`df.groupby("k")[["a","b","i"]].mean()`:  frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "b", "i").Mean()) }),
	`df.groupby("k")[["a","b","i"]].sum()`:   frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "b", "i").Sum()) }),
	`df.groupby("k")[["a","b"]].median()`:    frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "b").Median()) }),
	`df.groupby("k")[["a","b"]].var()`:       frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "b").Var()) }),
	`df.groupby("k").count()`:                frameCase(func(in frames) DataFrame { return keyed(GroupBy(in["df"], []string{"k"}).Count()) }),
	`df.groupby("k").nunique()`:              frameCase(func(in frames) DataFrame { return keyed(GroupBy(in["df"], []string{"k"}).NUnique()) }),
	`df.groupby("k")[["a","i"]].min()`:       frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "i").Min()) }),
	`df.groupby("k")[["a","i","s"]].first()`: frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "i", "s").First()) }),
	`df.groupby("k")[["a","i","s"]].last()`:  frameCase(func(in frames) DataFrame { return keyed(byK(in, "a", "i", "s").Last()) }),
	`df.groupby(["k","t"])[["b"]].sum()`: func(t *testing.T, c pandasCase) {
		got := GroupBy(ab(openInputs(t, c), "k", "t", "b"), []string{"k", "t"}).Sum()
		sameScalars(t, Floats(got, "b"), c.Expected.Data[0].([]any), 0)
		for i, key := range c.Expected.Index { // a tuple
			k, flag := key.([]any)[0], key.([]any)[1]
			if Strings(got, "k")[i] != k || Bools(got, "t")[i] != flag {
				t.Errorf("key %d is %v %v, want %v", i, Strings(got, "k")[i], Bools(got, "t")[i], key)
			}
		}
	},
	`df.groupby("i").size()`: func(t *testing.T, c pandasCase) {
		got := GroupBy(openInputs(t, c)["df"], []string{"i"}).Size()
		sameScalars(t, Floats(got, "size"), c.Expected.Data, 0)
		sameScalars(t, Floats(got, "i"), c.Expected.Index, 0)
	},
	`df.groupby("k")[["a","b"]].transform("mean")`: frameCase(func(in frames) DataFrame { return byK(in, "a", "b").Transform("mean") }),

	`df.sort_values("s",kind="stable")`: frameCase(func(in frames) DataFrame { return SortBy(in["df"], []string{"s"}) }),
	`df.sort_values(["k","i"],ascending=[False,True],kind="stable")`: frameCase(func(in frames) DataFrame {
		return SortBy(in["df"], []string{"k", "i"}, SortOptions{Descending: []bool{true, false}})
	}),
	`df.sort_values("a",ascending=False,kind="stable")`: frameCase(func(in frames) DataFrame {
		return SortBy(in["df"], []string{"a"}, SortOptions{Descending: []bool{true}})
	}),
	"df.sort_index()": frameCase(func(in frames) DataFrame { return SortIndex(in["df"]) }),
	`df.sort_values(["t","a"],na_position="first",kind="stable")`: frameCase(func(in frames) DataFrame {
		return SortBy(in["df"], []string{"t", "a"}, SortOptions{NaNFirst: true})
	}),

	`df[["a","b","i"]].corr()`:                nearCase(func(in frames) DataFrame { return Corr(ab(in, "a", "b", "i")) }),
	`df[["a","b","i"]].cov()`:                 nearCase(func(in frames) DataFrame { return Cov(ab(in, "a", "b", "i")) }),
	`df[["a","b"]].corr("spearman")`:          nearCase(func(in frames) DataFrame { return Corr(ab(in, "a", "b"), CorrOptions{Method: "spearman"}) }),
	`df[["a","b","i"]].describe()`:            nearCase(func(in frames) DataFrame { return Describe(ab(in, "a", "b", "i")) }),
	`df[["a","b","i"]].quantile([.1,.5,.95])`: frameCase(func(in frames) DataFrame { return Quantiles(ab(in, "a", "b", "i"), .1, .5, .95) }),
	`df[["a","b"]].agg(["sum","mean","std","min","max","median","skew","kurt","sem"])`: nearCase(func(in frames) DataFrame {
		return Agg(ab(in, "a", "b"), "sum", "mean", "std", "min", "max", "median", "skew", "kurt", "sem")
	}),

	`df.melt(id_vars=["k"],value_vars=["a","b"])`: frameCase(func(in frames) DataFrame {
		return Melt(in["df"], MeltOptions{ID: []string{"k"}, Values: []string{"a", "b"}})
	}),
	`df.drop_duplicates(["k","t"])`: frameCase(func(in frames) DataFrame { return Unique(in["df"], "k", "t") }),
	"df.head(3)":                    frameCase(func(in frames) DataFrame { return Head(in["df"], 3) }),
	"df.tail(-2)":                   frameCase(func(in frames) DataFrame { return Tail(in["df"], -2) }),
	"df.iloc[1:4]":                  frameCase(func(in frames) DataFrame { return Slice(in["df"], 1, 4) }),
	`df.fillna({"a":0.5})`:          frameCase(func(in frames) DataFrame { return FillNaN(in["df"], 0.5, "a") }),
	"df.ffill()":                    frameCase(func(in frames) DataFrame { return FillForward(in["df"]) }),
	"df.bfill()":                    frameCase(func(in frames) DataFrame { return FillBackward(in["df"]) }),
	`df[["a","b"]].interpolate()`:   frameCase(func(in frames) DataFrame { return Interpolate(ab(in, "a", "b")) }),
	`df[["b","a"]]`:                 frameCase(func(in frames) DataFrame { return ab(in, "b", "a") }),
	`df.drop(columns=["s"])`:        frameCase(func(in frames) DataFrame { return Drop(in["df"], "s") }),
	`df.rename(columns={"a":"A"})`:  frameCase(func(in frames) DataFrame { return Rename(in["df"], "a", "A") }),
	"df.reset_index()":              frameCase(func(in frames) DataFrame { return ResetIndex(in["df"]) }),
	"df.shift(2)":                   frameCase(func(in frames) DataFrame { return Shift(in["df"], 2) }),
	`df[["a","i"]].diff(2)`:         frameCase(func(in frames) DataFrame { return Diff(ab(in, "a", "i"), 2) }),

	`df.query("a > 0 and k != 'p'")`:                  queryCase("a > 0 and k != 'p'"),
	`df.query("(b < 9 or i >= 2) and not t")`:         queryCase("(b < 9 or i >= 2) and not t"),
	`df.query("-1 <= a < 1")`:                         queryCase("-1 <= a < 1"),
	`df.query("a + b * 2 > 20")`:                      queryCase("a + b * 2 > 20"),
	`df.query("k in ['p', 'r'] and i not in [0, 1]")`: queryCase("k in ['p', 'r'] and i not in [0, 1]"),
	`df.query("a.isna()",engine="python")`:            queryCase("a.isna()"),

	`df.merge(other,on="k",how="left").sort_values(["n","m"],kind="stable",ignore_index=True)`:        mergeCase(MergeOptions{On: []string{"k"}, How: "left"}),
	`df.merge(other,on="k").sort_values(["n","m"],kind="stable",ignore_index=True)`:                   mergeCase(MergeOptions{On: []string{"k"}}),
	`df.merge(other,on="k",how="right").sort_values(["n","m"],kind="stable",ignore_index=True)`:       mergeCase(MergeOptions{On: []string{"k"}, How: "right"}),
	`df.merge(other,on="k",how="outer").sort_values(["n","m"],kind="stable",ignore_index=True)`:       mergeCase(MergeOptions{On: []string{"k"}, How: "outer"}),
	`df.merge(other,left_on="i",right_on="m").sort_values(["n","m"],kind="stable",ignore_index=True)`: mergeCase(MergeOptions{LeftOn: []string{"i"}, RightOn: []string{"m"}}),

	"df.fillna(nan).to_string()":               lookCase(func(in frames) DataFrame { return in["df"] }),
	`df[["a","b","i"]].describe().to_string()`: lookCase(func(in frames) DataFrame { return Describe(ab(in, "a", "b", "i")) }),
	"(df[['b']]*1e7).to_string()":              lookCase(func(in frames) DataFrame { return scaled(in, 1e7) }),
	"(df[['b']]*1e-9).to_string()":             lookCase(func(in frames) DataFrame { return scaled(in, 1e-9) }),
	"df.to_csv(index=False)": func(t *testing.T, c pandasCase) {
		var b bytes.Buffer
		if err := WriteCSV(&b, ResetIndex(openInputs(t, c)["df"], ResetIndexOptions{Drop: true})); err != nil || b.String() != c.Expected.Value {
			t.Errorf("%v\n%s\nwant\n%s", err, b.String(), c.Expected.Value)
		}
	},
	"pd.read_csv(io.StringIO(df.to_csv(index=False)),float_precision='round_trip')": frameCase(func(in frames) DataFrame {
		var b bytes.Buffer
		if err := WriteCSV(&b, ResetIndex(in["df"], ResetIndexOptions{Drop: true})); err != nil {
			panic(err)
		}
		return mustReadCSV(b.String())
	}),

	`df.pivot_table(index="k",columns="s",values="b")`: frameCase(func(in frames) DataFrame {
		return keyed(PivotTable(in["df"], PivotOptions{Index: []string{"k"}, Columns: "s", Values: "b"}))
	}),
	`df.pivot_table(index="k",columns="t",values="i",aggfunc="sum",fill_value=0)`: frameCase(func(in frames) DataFrame {
		return keyed(PivotTable(in["df"], PivotOptions{Index: []string{"k"}, Columns: "t", Values: "i", Agg: "sum", Fill: 0}))
	}),
	`df.pivot_table(index=["k","t"],columns="s",values="b",aggfunc="count")`: func(t *testing.T, c pandasCase) {
		got := PivotTable(openInputs(t, c)["df"], PivotOptions{Index: []string{"k", "t"}, Columns: "s", Values: "b", Agg: "count"})
		for i, name := range c.Expected.Columns {
			sameScalars(t, Floats(got, name.(string)), c.Expected.Data[i].([]any), 0)
		}
	},
	`df["k"].value_counts()`: func(t *testing.T, c pandasCase) {
		got := ValueCounts(openInputs(t, c)["df"], "k")
		sameScalars(t, Floats(got, "count"), c.Expected.Data, 0)
		for i, k := range c.Expected.Index {
			if Strings(got, "k")[i] != k {
				t.Errorf("value %d is %q, want %q", i, Strings(got, "k")[i], k)
			}
		}
	},
	`df["t"].value_counts(normalize=True)`: listCase(func(in frames) []float64 {
		return Floats(ValueCounts(in["df"], "t", ValueCountsOptions{Normalize: true}), "proportion")
	}),
	"np.random.RandomState(9).normal(size=1000).sum()":             numberCase(func(frames) float64 { return Sum(thousand(), "0") }),
	"pd.Series(np.random.RandomState(9).normal(size=1000)).mean()": numberCase(func(frames) float64 { return Mean(thousand(), "0") }),
	"pd.Series(np.random.RandomState(9).normal(size=1000)).std()":  numberCase(func(frames) float64 { return Std(thousand(), "0") }),

	`ts.resample("D").mean()`:   resampleCase("D", "mean"),
	`ts.resample("W").sum()`:    resampleCase("W", "sum"),
	`ts.resample("M").mean()`:   resampleCase("M", "mean"),
	`ts.resample("MS").count()`: resampleCase("MS", "count"),
	`ts.resample("Q").max()`:    resampleCase("Q", "max"),
	`ts.resample("Y").sum()`:    resampleCase("Y", "sum"),
	`ts.resample("6H").mean()`:  resampleCase("6H", "mean"),
	`ts.resample("2D").min()`:   resampleCase("2D", "min"),
}

func queryCase(query string) caseRunner {
	return frameCase(func(in frames) DataFrame { return Filter(in["df"], query) })
}

func mergeCase(o MergeOptions) caseRunner {
	return frameCase(func(in frames) DataFrame { return SortBy(Merge(in["df"], in["other"], o), []string{"n", "m"}) })
}

func resampleCase(rule, agg string) caseRunner {
	return frameCase(func(in frames) DataFrame {
		return SetIndex(Resample(in["ts"], "when", rule, ResampleOptions{Agg: agg}), "when")
	})
}

// lookCase compares the text of a frame.
func lookCase(f func(in frames) DataFrame) caseRunner {
	return func(t *testing.T, c pandasCase) {
		got := makeGrid(open("test", f(openInputs(t, c)))).text()
		if got != c.Expected.Value {
			t.Errorf("got\n%s\nwant\n%s", got, c.Expected.Value)
		}
	}
}

func scaled(in frames, by float64) DataFrame {
	values := Floats(in["df"], "b")
	for i := range values {
		values[i] *= by
	}
	return FromColumns([]string{"b"}, values)
}

func thousand() DataFrame {
	r := rng.NewRandomState(9)
	values := make([]float64, 1000)
	for i := range values {
		values[i] = r.Normal(0, 1)
	}
	return FromSlice(values)
}

// TestFurtherPandasVectors runs every case of testdata/pandas_more.json.
func TestFurtherPandasVectors(t *testing.T) {
	cases := readCases(t, "testdata/pandas_more.json")
	if len(cases) != furtherCases {
		t.Fatalf("%d cases, want %d", len(cases), furtherCases)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			run := furtherRunners[c.Call]
			if run == nil {
				t.Fatalf("no runner for %s", c.Call)
			}
			run(t, c)
		})
	}
}
