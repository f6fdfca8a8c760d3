package dataframe_test

import (
	"fmt"
	"os"
	"strings"

	"gonum.org/v1/gonum/mat"

	"reprise/dataframe"
	"reprise/nnlib/rng"
)

// show prints a frame without the blanks at line ends, which comments cannot hold.
func show(df dataframe.DataFrame) {
	for line := range strings.Lines(dataframe.Text(df)) {
		fmt.Println(strings.TrimRight(line, " \n"))
	}
}

func weather() dataframe.DataFrame {
	return dataframe.FromColumns([]string{"city", "temp", "rain"},
		[]string{"Oslo", "Rome", "Oslo", "Rome"}, []any{1.5, 14, nil, 16}, []int{3, 0, 7, 1})
}

func ExampleFromSlice() {
	show(dataframe.FromSlice([]float64{0, 0.1}))
	// Output:
	//      0
	// 0  0.0
	// 1  0.1
	//
	// [2 rows x 1 columns]
}

func ExampleFromRows() {
	show(dataframe.FromRows([][]float64{{1, 2}, {3, 4}}))
	// Output:
	//      0    1
	// 0  1.0  2.0
	// 1  3.0  4.0
	//
	// [2 rows x 2 columns]
}

func ExampleFromColumns() {
	show(weather())
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 2  Oslo   NaN     7
	// 3  Rome  16.0     1
	//
	// [4 rows x 3 columns]
}

func ExampleFromMatrix() {
	show(dataframe.FromMatrix(mat.NewDense(1, 2, []float64{1, 2}), "x", "y"))
	// Output:
	//      x    y
	// 0  1.0  2.0
	//
	// [1 rows x 2 columns]
}

func ExampleFromStructs() {
	type reading struct {
		Hour int
		Temp *float64 `dataframe:"temp"`
	}
	x := 1.5
	show(dataframe.FromStructs([]reading{{9, &x}, {10, nil}}))
	// Output:
	//    Hour  temp
	// 0     9   1.5
	// 1    10   NaN
	//
	// [2 rows x 2 columns]
}
func ExampleShift() {
	show(dataframe.Shift(weather(), 1))
	// Output:
	//    city  temp  rain
	// 0   NaN   NaN   NaN
	// 1  Oslo   1.5   3.0
	// 2  Rome  14.0   0.0
	// 3  Oslo   NaN   7.0
	//
	// [4 rows x 3 columns]
}

func ExampleConcat() {
	show(dataframe.Concat([]dataframe.DataFrame{dataframe.FromSlice([]int{1}), dataframe.FromSlice([]int{2})}))
	// Output:
	//    0
	// 0  1
	// 1  2
	//
	// [2 rows x 1 columns]
}
func ExampleConcatColumns() {
	show(dataframe.ConcatColumns(dataframe.FromSlice([]int{1, 2}), dataframe.FromSlice([]int{3})))
	// Output:
	//    0    0
	// 0  1  3.0
	// 1  2  NaN
	//
	// [2 rows x 2 columns]
}
func ExampleDropNaN() {
	show(dataframe.DropNaN(weather()))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 2  Rome  16.0     1
	//
	// [3 rows x 3 columns]
}

func ExampleFillNaN() {
	show(dataframe.FillNaN(weather(), 0, "temp"))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 2  Oslo   0.0     7
	// 3  Rome  16.0     1
	//
	// [4 rows x 3 columns]
}

func ExampleFillForward() {
	show(dataframe.FillForward(weather()))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 2  Oslo  14.0     7
	// 3  Rome  16.0     1
	//
	// [4 rows x 3 columns]
}

func ExampleFillBackward() {
	show(dataframe.FillBackward(weather()))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 2  Oslo  16.0     7
	// 3  Rome  16.0     1
	//
	// [4 rows x 3 columns]
}

func ExampleInterpolate() {
	show(dataframe.Interpolate(weather()))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5   3.0
	// 1  Rome  14.0   0.0
	// 2  Oslo  15.0   7.0
	// 3  Rome  16.0   1.0
	//
	// [4 rows x 3 columns]
}

func ExampleValues() {
	fmt.Println(mat.Formatted(dataframe.Values(dataframe.Select(weather(), "temp", "rain"))))
	// Output:
	// ⎡1.5    3⎤
	// ⎢ 14    0⎥
	// ⎢NaN    7⎥
	// ⎣ 16    1⎦
}
func ExampleColumn() {
	fmt.Println(dataframe.Column(mat.NewDense(2, 2, []float64{1, 2, 3, 4}), 1))
	// Output:
	// [2 4]
}

func ExampleRecords() {
	fmt.Println(dataframe.Records(weather()))
	// Output:
	// [[Oslo 1.5 3] [Rome 14 0] [Oslo <nil> 7] [Rome 16 1]]
}

func ExampleFloats() {
	fmt.Println(dataframe.Floats(weather(), "temp"))
	// Output:
	// [1.5 14 NaN 16]
}

func ExampleInts() {
	fmt.Println(dataframe.Ints(weather(), "rain"))
	// Output:
	// [3 0 7 1]
}

func ExampleStrings() {
	fmt.Println(dataframe.Strings(weather(), "city"))
	// Output:
	// [Oslo Rome Oslo Rome]
}

func ExampleBools() {
	fmt.Println(dataframe.Bools(dataframe.FromSlice([]bool{true, false}), "0"))
	// Output:
	// [true false]
}

func ExampleIsNaN() {
	fmt.Println(dataframe.IsNaN(weather(), "temp"))
	// Output:
	// [false false true false]
}

func ExampleColumns() {
	fmt.Println(dataframe.Columns(weather()))
	// Output:
	// [city temp rain]
}

func ExampleDTypes() {
	fmt.Println(dataframe.DTypes(weather()))
	// Output:
	// [object float64 int64]
}

func ExampleSelect() {
	show(dataframe.Select(weather(), "rain", "city"))
	// Output:
	//    rain  city
	// 0     3  Oslo
	// 1     0  Rome
	// 2     7  Oslo
	// 3     1  Rome
	//
	// [4 rows x 2 columns]
}

func ExampleDrop() {
	show(dataframe.Drop(weather(), "rain"))
	// Output:
	//    city  temp
	// 0  Oslo   1.5
	// 1  Rome  14.0
	// 2  Oslo   NaN
	// 3  Rome  16.0
	//
	// [4 rows x 2 columns]
}

func ExampleHead() {
	show(dataframe.Head(weather(), 2))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	//
	// [2 rows x 3 columns]
}

func ExampleTail() {
	show(dataframe.Tail(weather(), 1))
	// Output:
	//    city  temp  rain
	// 0  Rome  16.0     1
	//
	// [1 rows x 3 columns]
}

func ExampleSlice() {
	show(dataframe.Slice(weather(), 1, 3))
	// Output:
	//    city  temp  rain
	// 0  Rome  14.0     0
	// 1  Oslo   NaN     7
	//
	// [2 rows x 3 columns]
}

func ExampleILoc() {
	show(dataframe.ILoc(weather(), -1, 0))
	// Output:
	//    city  temp  rain
	// 0  Rome  16.0     1
	// 1  Oslo   1.5     3
	//
	// [2 rows x 3 columns]
}

func ExampleLoc() {
	show(dataframe.Loc(dataframe.SetIndex(weather(), "city"), "Rome"))
	// Output:
	//       temp  rain
	// city
	// Rome  14.0     0
	// Rome  16.0     1
	//
	// [2 rows x 2 columns]
}

func ExampleFilter() {
	show(dataframe.Filter(weather(), "temp > 1 and city != 'Rome'"))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	//
	// [1 rows x 3 columns]
}

func ExampleMask() {
	fmt.Println(dataframe.Mask(weather(), "rain >= 3"))
	// Output:
	// [true false true false]
}

func ExampleWhere() {
	show(dataframe.Where(weather(), []bool{true, false, false, false}))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	//
	// [1 rows x 3 columns]
}

func ExampleFilterFunc() {
	show(dataframe.FilterFunc(weather(), func(r dataframe.Row) bool { return r.Text("city") == "Oslo" }))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Oslo   NaN     7
	//
	// [2 rows x 3 columns]
}
func ExampleAssign() {
	show(dataframe.Assign(weather(), "day", []int{1, 1, 2, 2}))
	// Output:
	//    city  temp  rain  day
	// 0  Oslo   1.5     3    1
	// 1  Rome  14.0     0    1
	// 2  Oslo   NaN     7    2
	// 3  Rome  16.0     1    2
	//
	// [4 rows x 4 columns]
}

func ExampleAssignFunc() {
	show(dataframe.AssignFunc(weather(), "fahrenheit", func(r dataframe.Row) any { return float64(r.Float("temp")*1.8) + 32 }))
	// Output:
	//    city  temp  rain  fahrenheit
	// 0  Oslo   1.5     3        34.7
	// 1  Rome  14.0     0        57.2
	// 2  Oslo   NaN     7         NaN
	// 3  Rome  16.0     1        60.8
	//
	// [4 rows x 4 columns]
}
func ExampleRename() {
	show(dataframe.Rename(weather(), "temp", "celsius"))
	// Output:
	//    city  celsius  rain
	// 0  Oslo      1.5     3
	// 1  Rome     14.0     0
	// 2  Oslo      NaN     7
	// 3  Rome     16.0     1
	//
	// [4 rows x 3 columns]
}

func ExampleSetColumns() {
	show(dataframe.SetColumns(dataframe.FromSlice([]int{1}), "x"))
	// Output:
	//    x
	// 0  1
	//
	// [1 rows x 1 columns]
}

func ExampleCast() {
	show(dataframe.Cast(weather(), "rain", "float64"))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5   3.0
	// 1  Rome  14.0   0.0
	// 2  Oslo   NaN   7.0
	// 3  Rome  16.0   1.0
	//
	// [4 rows x 3 columns]
}

func ExampleSortBy() {
	show(dataframe.SortBy(weather(), []string{"city", "rain"}, dataframe.SortOptions{Descending: []bool{false, true}}))
	// Output:
	//    city  temp  rain
	// 0  Oslo   NaN     7
	// 1  Oslo   1.5     3
	// 2  Rome  16.0     1
	// 3  Rome  14.0     0
	//
	// [4 rows x 3 columns]
}
func ExampleSortIndex() {
	show(dataframe.SortIndex(dataframe.SetIndex(weather(), "rain")))
	// Output:
	//       city  temp
	// rain
	// 0     Rome  14.0
	// 1     Rome  16.0
	// 3     Oslo   1.5
	// 7     Oslo   NaN
	//
	// [4 rows x 2 columns]
}

func ExampleUnique() {
	show(dataframe.Unique(weather(), "city"))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	//
	// [2 rows x 3 columns]
}

func ExampleValueCounts() {
	show(dataframe.ValueCounts(weather(), "city"))
	// Output:
	//    city  count
	// 0  Oslo      2
	// 1  Rome      2
	//
	// [2 rows x 2 columns]
}

func ExampleDescribe() {
	show(dataframe.Describe(weather()))
	// Output:
	//             temp      rain
	// count   3.000000  4.000000
	// mean   10.500000  2.750000
	// std     7.858117  3.095696
	// min     1.500000  0.000000
	// 25%     7.750000  0.750000
	// 50%    14.000000  2.000000
	// 75%    15.000000  4.000000
	// max    16.000000  7.000000
	//
	// [8 rows x 2 columns]
}

func ExampleQuantile() {
	fmt.Println(dataframe.Quantile(weather(), "rain", 0.9))
	// Output:
	// 5.800000000000001
}

func ExampleQuantiles() {
	show(dataframe.Quantiles(weather(), 0.1, 0.9))
	// Output:
	//      temp  rain
	// 0.1   4.0   0.3
	// 0.9  15.6   5.8
	//
	// [2 rows x 2 columns]
}

func ExampleAgg() {
	show(dataframe.Agg(weather(), "mean", "count"))
	// Output:
	//        temp  rain
	// mean   10.5  2.75
	// count   3.0  4.00
	//
	// [2 rows x 2 columns]
}

func ExampleMean() {
	fmt.Println(dataframe.Mean(weather(), "temp"))
	// Output:
	// 10.5
}

func ExampleStd() {
	fmt.Println(dataframe.Std(weather(), "rain"), dataframe.Std(weather(), "rain", dataframe.VarOptions{Population: true}))
	// Output:
	// 3.095695936834452 2.680951323690902
}
func ExampleCorr() {
	show(dataframe.Corr(weather()))
	// Output:
	//           temp      rain
	// temp  1.000000 -0.895574
	// rain -0.895574  1.000000
	//
	// [2 rows x 2 columns]
}

func ExampleCov() {
	show(dataframe.Cov(weather()))
	// Output:
	//        temp       rain
	// temp  61.75 -10.750000
	// rain -10.75   9.583333
	//
	// [2 rows x 2 columns]
}

func ExampleAutocorr() {
	fmt.Println(dataframe.Autocorr(dataframe.FromSlice([]int{1, 2, 4, 8}), "0", 1))
	// Output:
	// 1
}
func ExampleGroupBy() {
	show(dataframe.GroupBy(weather(), []string{"city"}).Mean())
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5   5.0
	// 1  Rome  15.0   0.5
	//
	// [2 rows x 3 columns]
}

func ExampleGroups_Agg() {
	show(dataframe.GroupBy(weather(), []string{"city"}).Agg("rain", "sum", "max"))
	// Output:
	//    city  sum  max
	// 0  Oslo   10    7
	// 1  Rome    1    1
	//
	// [2 rows x 3 columns]
}
func ExampleGroups_Transform() {
	show(dataframe.GroupBy(weather(), []string{"city"}).Transform("mean"))
	// Output:
	//    temp  rain
	// 0   1.5   5.0
	// 1  15.0   0.5
	// 2   1.5   5.0
	// 3  15.0   0.5
	//
	// [4 rows x 2 columns]
}
func ExampleGroups_Apply() {
	show(dataframe.GroupBy(weather(), []string{"city"}).Apply(func(g dataframe.DataFrame) dataframe.DataFrame { return dataframe.Head(g, 1) }))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	//
	// [2 rows x 3 columns]
}
func ExamplePivotTable() {
	show(dataframe.PivotTable(weather(), dataframe.PivotOptions{Index: []string{"city"}, Columns: "rain", Values: "temp"}))
	// Output:
	//    city     0     1    3    7
	// 0  Oslo   NaN   NaN  1.5  NaN
	// 1  Rome  14.0  16.0  NaN  NaN
	//
	// [2 rows x 5 columns]
}
func ExampleMelt() {
	show(dataframe.Melt(weather(), dataframe.MeltOptions{ID: []string{"city"}}))
	// Output:
	//    city variable  value
	// 0  Oslo     temp    1.5
	// 1  Rome     temp   14.0
	// 2  Oslo     temp    NaN
	// 3  Rome     temp   16.0
	// 4  Oslo     rain    3.0
	// 5  Rome     rain    0.0
	// 6  Oslo     rain    7.0
	// 7  Rome     rain    1.0
	//
	// [8 rows x 3 columns]
}

func ExampleMerge() {
	countries := dataframe.FromColumns([]string{"city", "country"}, []string{"Oslo", "Bergen"}, []string{"Norway", "Norway"})
	show(dataframe.Merge(weather(), countries, dataframe.MergeOptions{How: "left"}))
	// Output:
	//    city  temp  rain country
	// 0  Oslo   1.5     3  Norway
	// 1  Rome  14.0     0     NaN
	// 2  Oslo   NaN     7  Norway
	// 3  Rome  16.0     1     NaN
	//
	// [4 rows x 4 columns]
}
func ExampleRolling() {
	show(dataframe.Rolling(dataframe.FromSlice([]int{1, 2, 4, 8}), 2).Mean())
	// Output:
	//      0
	// 0  NaN
	// 1  1.5
	// 2  3.0
	// 3  6.0
	//
	// [4 rows x 1 columns]
}

func ExampleExpanding() {
	show(dataframe.Expanding(dataframe.FromSlice([]int{1, 2, 4, 8})).Max())
	// Output:
	//      0
	// 0  1.0
	// 1  2.0
	// 2  4.0
	// 3  8.0
	//
	// [4 rows x 1 columns]
}

func ExampleEWM() {
	show(dataframe.EWM(dataframe.FromSlice([]int{1, 2, 4}), dataframe.EWMOptions{Alpha: 0.5}).Mean())
	// Output:
	//           0
	// 0  1.000000
	// 1  1.666667
	// 2  3.000000
	//
	// [3 rows x 1 columns]
}
func ExampleDiff() {
	show(dataframe.Diff(dataframe.FromSlice([]int{1, 4, 9}), 1))
	// Output:
	//      0
	// 0  NaN
	// 1  3.0
	// 2  5.0
	//
	// [3 rows x 1 columns]
}

func ExampleInvertDiff() {
	df := dataframe.FromSlice([]int{1, 4, 9})
	show(dataframe.InvertDiff(dataframe.DropNaN(dataframe.Diff(df, 1)), dataframe.Head(df, 1), 1))
	// Output:
	//      0
	// 0  4.0
	// 1  9.0
	//
	// [2 rows x 1 columns]
}
func ExamplePctChange() {
	show(dataframe.PctChange(dataframe.FromSlice([]int{1, 4, 9}), 1))
	// Output:
	//       0
	// 0   NaN
	// 1  3.00
	// 2  1.25
	//
	// [3 rows x 1 columns]
}

func ExampleCumSum() {
	show(dataframe.CumSum(dataframe.FromSlice([]int{1, 4, 9})))
	// Output:
	//     0
	// 0   1
	// 1   5
	// 2  14
	//
	// [3 rows x 1 columns]
}

func ExampleResample() {
	df := dataframe.FromColumns([]string{"when", "x"}, []string{"2024-01-31", "2024-02-01", "2024-02-29"}, []int{1, 2, 4})
	show(dataframe.Resample(df, "when", "M"))
	// Output:
	//          when    x
	// 0  2024-01-31  1.0
	// 1  2024-02-29  3.0
	//
	// [2 rows x 2 columns]
}
func ExampleSample() {
	show(dataframe.Sample(weather(), 2, rng.Root(1).Stream("sample")))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  16.0     1
	//
	// [2 rows x 3 columns]
}

func ExampleShuffle() {
	show(dataframe.Shuffle(weather(), rng.Root(1).Stream("shuffle")))
	// Output:
	//    city  temp  rain
	// 0  Oslo   NaN     7
	// 1  Rome  16.0     1
	// 2  Rome  14.0     0
	// 3  Oslo   1.5     3
	//
	// [4 rows x 3 columns]
}

func ExampleReadCSV() {
	df, err := dataframe.ReadCSV(strings.NewReader("n,x\n1,0.1\n2,\n"))
	show(df)
	fmt.Println(err)
	// Output:
	//    n    x
	// 0  1  0.1
	// 1  2  NaN
	//
	// [2 rows x 2 columns]
	// <nil>
}
func ExampleWriteCSV() {
	fmt.Println(dataframe.WriteCSV(os.Stdout, weather()))
	// Output:
	// city,temp,rain
	// Oslo,1.5,3
	// Rome,14.0,0
	// Oslo,,7
	// Rome,16.0,1
	// <nil>
}

func ExampleWriteJSONLines() {
	fmt.Println(dataframe.WriteJSONLines(os.Stdout, weather()))
	// Output:
	// {"city":"Oslo","temp":1.5,"rain":3}
	// {"city":"Rome","temp":14.0,"rain":0}
	// {"city":"Oslo","temp":null,"rain":7}
	// {"city":"Rome","temp":16.0,"rain":1}
	// <nil>
}

func ExampleReadJSONLines() {
	df, err := dataframe.ReadJSONLines(strings.NewReader("{\"n\":1}\n{\"n\":2,\"s\":\"x\"}\n"))
	show(df)
	fmt.Println(err)
	// Output:
	//    n    s
	// 0  1  NaN
	// 1  2    x
	//
	// [2 rows x 2 columns]
	// <nil>
}
func ExampleSetIndex() {
	show(dataframe.SetIndex(weather(), "city"))
	// Output:
	//       temp  rain
	// city
	// Oslo   1.5     3
	// Rome  14.0     0
	// Oslo   NaN     7
	// Rome  16.0     1
	//
	// [4 rows x 2 columns]
}

func ExampleWithIndex() {
	show(dataframe.DropNaN(dataframe.WithIndex(weather())))
	// Output:
	//    city  temp  rain
	// 0  Oslo   1.5     3
	// 1  Rome  14.0     0
	// 3  Rome  16.0     1
	//
	// [3 rows x 3 columns]
}

func ExampleResetIndex() {
	show(dataframe.ResetIndex(dataframe.DropNaN(dataframe.WithIndex(weather()))))
	// Output:
	//    index  city  temp  rain
	// 0      0  Oslo   1.5     3
	// 1      1  Rome  14.0     0
	// 2      3  Rome  16.0     1
	//
	// [3 rows x 4 columns]
}
func ExampleIndex() {
	fmt.Println(dataframe.Strings(dataframe.Index(dataframe.SetIndex(weather(), "city")), "index"))
	// Output:
	// [Oslo Rome Oslo Rome]
}
func ExampleLags() {
	show(dataframe.Lags(weather(), []int{1}, dataframe.LagsOptions{Columns: []string{"rain"}, By: "city"}))
	// Output:
	//    city  temp  rain  rain(t-1)
	// 0  Oslo   1.5     3        NaN
	// 1  Rome  14.0     0        NaN
	// 2  Oslo   NaN     7        3.0
	// 3  Rome  16.0     1        0.0
	//
	// [4 rows x 4 columns]
}
func ExampleSupervised() {
	df := dataframe.FromColumns([]string{"temp", "wind"}, []float64{1, 2, 3, 4}, []float64{50, 51, 52, 53})
	show(dataframe.Supervised(df, 2, 1, dataframe.SupervisedOptions{Targets: []string{"temp"}, Names: true}))
	// Output:
	//    temp(t-2)  wind(t-2)  temp(t-1)  wind(t-1)  temp(t)
	// 0        1.0       50.0        2.0       51.0      3.0
	// 1        2.0       51.0        3.0       52.0      4.0
	//
	// [2 rows x 5 columns]
}
func ExampleSupervisedXY() {
	X, y := dataframe.SupervisedXY(dataframe.FromSlice([]float64{1, 2, 3, 4}), 2, 1)
	fmt.Println(mat.Formatted(X))
	fmt.Println(mat.Formatted(y))
	// Output:
	// ⎡1  2⎤
	// ⎣2  3⎦
	// ⎡3⎤
	// ⎣4⎦
}
func ExampleWindows() {
	df := dataframe.FromColumns([]string{"temp", "wind"}, []float64{1, 2, 3, 4}, []float64{50, 51, 52, 53})
	X, y := dataframe.Windows(df, 2, 1, dataframe.WindowsOptions{Targets: []string{"temp"}})
	fmt.Println(X.Shape(), X.Slices())
	fmt.Println(y.Shape(), y.Data)
	// Output:
	// [2 2 2] [[[1 50] [2 51]] [[2 51] [3 52]]]
	// [2 1 1] [3 4]
}
func ExampleFitMinMax() {
	df := dataframe.FromSlice([]float64{0, 5, 10})
	s := dataframe.FitMinMax(df, -1, 1)
	show(s.Transform(df))
	fmt.Println(s.InverseValues("0", []float64{-1, 1}))
	// Output:
	//      0
	// 0 -1.0
	// 1  0.0
	// 2  1.0
	//
	// [3 rows x 1 columns]
	// [0 10]
}
func ExampleFitStandard() {
	show(dataframe.FitStandard(dataframe.FromSlice([]float64{1, 3})).Transform(dataframe.FromSlice([]float64{1, 3})))
	// Output:
	//      0
	// 0 -1.0
	// 1  1.0
	//
	// [2 rows x 1 columns]
}
func ExampleSplitTime() {
	train, test := dataframe.SplitTime(dataframe.FromSlice([]int{1, 2, 3, 4}), 0.25)
	fmt.Println(dataframe.Ints(train, "0"), dataframe.Ints(test, "0"))
	// Output:
	// [1 2 3] [4]
}
func ExampleTrainTestSplit() {
	order := rng.NewRandomState(1).Permutation(4) // as scikit-learn with random_state=1
	train, test := dataframe.TrainTestSplit(dataframe.FromSlice([]int{1, 2, 3, 4}), 0.25, dataframe.SplitOptions{Order: order})
	fmt.Println(dataframe.Ints(train, "0"), dataframe.Ints(test, "0"))
	// Output:
	// [3 1 2] [4]
}
func ExampleTimeSeriesSplit() {
	fmt.Println(dataframe.TimeSeriesSplit(6, 2))
	// Output:
	// [{[0 1] [2 3]} {[0 1 2 3] [4 5]}]
}

func ExampleWalkForward() {
	walk := dataframe.WalkForward([]float64{1, 2, 4, 8, 16}, 3, dataframe.Persistence)
	fmt.Println(walk)
	show(walk.Frame())
	// Output:
	// walk-forward over 3 steps: RMSE 5.291502622129181, MAE 4.666666666666667
	//    predicted  actual  error
	// 0        2.0     4.0    2.0
	// 1        4.0     8.0    4.0
	// 2        8.0    16.0    8.0
	//
	// [3 rows x 3 columns]
}
func ExampleAutocorrelations() {
	fmt.Println(dataframe.Autocorrelations(dataframe.FromSlice([]float64{1, -1, 1, -1}), "0", 1))
	// Output:
	// [1 -0.75]
}
func ExampleHTML() {
	fmt.Println(len(dataframe.HTML(weather())) > 0)
	// Output:
	// true
}

func ExamplePlotLine() {
	p := dataframe.PlotLine(weather(), dataframe.PlotOptions{Title: "temperature", Columns: []string{"temp"}})
	fmt.Println(p.Title.Text)
	// Output:
	// temperature
}
