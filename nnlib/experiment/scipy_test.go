package experiment

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"reprise/nnlib/rng"
)

// golden is testdata/scipy.json, written by testdata/make_scipy.py.
type golden struct {
	Samples       map[string][]float64
	Probabilities []float64
	Single        map[string]struct {
		Mean, SD, SEM, Low, High, Median, Skew float64
		Shapiro                                [2]float64
		Quantiles                              map[string][]float64
	}
	Pair      map[string]map[string][2]float64
	Kruskal3  [2]float64
	BH        struct{ P, Adjusted []float64 }
	McNemar   [][3]float64
	Bootstrap map[string]struct {
		Index           []int
		Percentile, BCa [2]float64
	}
	Power          [][5]any
	Needed         [][5]any
	FiveByTwo      [][3]any     `json:"five_by_two"`
	TQuantile      [][3]float64 `json:"t_quantile"`
	NormalQuantile [][2]float64 `json:"normal_quantile"`
}

func loadGolden(t *testing.T) golden {
	t.Helper()
	b, err := os.ReadFile("testdata/scipy.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Samples) < 10 || len(g.Pair) < 50 || len(g.Power) < 30 || len(g.Needed) < 20 || len(g.FiveByTwo) < 3 {
		t.Fatalf("scipy.json holds %d samples, %d pairs, %d powers; it is not whole", len(g.Samples), len(g.Pair), len(g.Power))
	}
	return g
}

// near compares to a relative distance; SciPy's own routines agree with each other to about this.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return
	}
	if math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), 1e-290) {
		return
	}
	t.Errorf("%s = %.17g, SciPy says %.17g (relative distance %.2g)", what, got, want, math.Abs(got-want)/math.Abs(want))
}

func TestSummariesAgreeWithSciPy(t *testing.T) {
	g := loadGolden(t)
	for name, x := range g.Samples {
		want, got := g.Single[name], Summarize(x)
		near(t, name+" mean", got.Mean, want.Mean, 1e-13)
		near(t, name+" sd", got.SD, want.SD, 1e-13)
		near(t, name+" sem", got.SEM, want.SEM, 1e-13)
		near(t, name+" low", got.MeanCI.Low, want.Low, 1e-11)
		near(t, name+" high", got.MeanCI.High, want.High, 1e-11)
		near(t, name+" median", got.Median, want.Median, 0)
		near(t, name+" skew", got.Skew, want.Skew, 1e-11)
		w := ShapiroWilk(x)
		near(t, name+" W", w.Statistic, want.Shapiro[0], 1e-8) // SciPy computes the weights in single precision constants
		near(t, name+" Shapiro p", w.P, want.Shapiro[1], 1e-6)
		for method, values := range want.Quantiles {
			for i, p := range g.Probabilities {
				near(t, name+" "+method, Quantile(x, p, method), values[i], 1e-15)
			}
		}
	}
}

func TestTestsAgreeWithSciPy(t *testing.T) {
	g := loadGolden(t)
	tests := map[string]func(a, b []float64) Test{
		"student": TTest, "welch": WelchTest, "paired": PairedTTest, "mannwhitney": MannWhitney,
		"wilcoxon": Wilcoxon, "ks": KolmogorovSmirnov,
		"kruskal":     func(a, b []float64) Test { return Kruskal(a, b) },
		"permutation": func(a, b []float64) Test { return PairedPermutation(a, b, 0, nil) },
		"deals":       func(a, b []float64) Test { return Permutation(a, b, 0, nil) },
		"a12":         func(a, b []float64) Test { return Test{Statistic: A12(a, b)} },
		"d":           func(a, b []float64) Test { return Test{Statistic: CohenD(a, b), P: HedgesG(a, b)} },
	}
	seen := map[string]int{}
	for pair, all := range g.Pair {
		a, b, _ := strings.Cut(pair, "|")
		for name, want := range all {
			got := tests[name](g.Samples[a], g.Samples[b])
			near(t, name+" "+pair+" statistic", got.Statistic, want[0], 1e-11)
			near(t, name+" "+pair+" p", got.P, want[1], 1e-9)
			seen[name]++
		}
	}
	for name := range tests {
		if seen[name] == 0 {
			t.Errorf("no case for %s", name)
		}
	}
	k := Kruskal(g.Samples["unseeded"], g.Samples["ties"], g.Samples["normal30"])
	near(t, "Kruskal of three", k.Statistic, g.Kruskal3[0], 1e-12)
	near(t, "Kruskal of three p", k.P, g.Kruskal3[1], 1e-10)
	for _, m := range g.McNemar {
		near(t, "McNemar", McNemar(int(m[0]), int(m[1])).P, m[2], 1e-11)
	}
}

func TestPowerAgreesWithSciPy(t *testing.T) {
	g := loadGolden(t)
	for _, row := range g.Power {
		d, n, alpha := row[0].(float64), int(row[1].(float64)), row[2].(float64)
		near(t, "power", Power(d, n, alpha, row[3].(bool)), row[4].(float64), 1e-8)
	}
	for _, row := range g.Needed {
		d, power, alpha, paired := row[0].(float64), row[1].(float64), row[2].(float64), row[3].(bool)
		if n, err := Repeats(d, power, alpha, paired); err != nil || n != int(row[4].(float64)) {
			t.Errorf("Repeats(%v, %v, %v, %v) = %d, %v; SciPy's power says %v", d, power, alpha, paired, n, err, row[4])
		}
	}
	for _, row := range g.TQuantile {
		near(t, "t quantile", tQuantile(row[0], row[1]), row[2], 1e-11)
	}
	for _, row := range g.NormalQuantile {
		near(t, "normal quantile", normalQuantile(row[0]), row[1], 2e-15)
	}
}

func TestBootstrapAgreesWithSciPy(t *testing.T) {
	g := loadGolden(t)
	for name, want := range g.Bootstrap {
		x := g.Samples[name]
		values := make([]float64, len(want.Index)/len(x))
		draw := make([]float64, len(x))
		for i := range values {
			for j := range draw {
				draw[j] = x[want.Index[i*len(x)+j]]
			}
			values[i] = Mean(draw)
		}
		p, b := quantiles(values, 0.025, 0.975), bca(x, Mean, 0.95, values)
		near(t, name+" percentile low", p.Low, want.Percentile[0], 1e-12)
		near(t, name+" percentile high", p.High, want.Percentile[1], 1e-12)
		near(t, name+" BCa low", b.Low, want.BCa[0], 1e-9)
		near(t, name+" BCa high", b.High, want.BCa[1], 1e-9)
	}
}

func TestBootstrapMedianIsTheBootstrapOfTheMedian(t *testing.T) {
	for name, x := range loadGolden(t).Samples {
		stream := func() *rng.Stream { return rng.Root(1).Stream("x") }
		want := Bootstrap(x, Median, 0.95, 500, stream())
		if got := bootstrapMedian(x, 0.95, 500, stream()); got != want {
			t.Errorf("%s: %v, by sorting %v", name, got, want)
		}
	}
}

func TestAdjustments(t *testing.T) {
	g := loadGolden(t)
	for i, got := range BenjaminiHochberg(g.BH.P) {
		near(t, "Benjamini-Hochberg", got, g.BH.Adjusted[i], 1e-15)
	}
	// R: p.adjust(c(.01,.04,.03,.005), "holm")
	for i, want := range []float64{.03, .06, .06, .02} {
		near(t, "Holm", Holm([]float64{.01, .04, .03, .005})[i], want, 1e-15)
	}
}

func TestFiveByTwoCVAgreesWithSciPy(t *testing.T) {
	g := loadGolden(t)
	for _, row := range g.FiveByTwo {
		var d [5][2]float64
		for i, r := range row[0].([]any) {
			d[i] = [2]float64{r.([]any)[0].(float64), r.([]any)[1].(float64)}
		}
		got := FiveByTwoCV(d)
		near(t, "5x2cv", got.Statistic, row[1].(float64), 1e-12)
		near(t, "5x2cv p", got.P, row[2].(float64), 1e-11)
	}
}

func TestPermutationOfManyPairsFindsTheShift(t *testing.T) {
	g := loadGolden(t)
	a, b := g.Samples["normal30"], g.Samples["normal30b"]
	stream := rng.Root(3).Stream("permutation")
	for _, got := range []Test{PairedPermutation(a, b, 4000, stream), Permutation(a, b, 4000, stream)} {
		near(t, got.Name, got.Statistic, Mean(a)-Mean(b), 1e-12)
		want := PairedTTest(a, b).P // close for samples that are normal
		if got.Name == "permutation test" {
			want = TTest(a, b).P
		}
		if math.Abs(got.P-want) > 0.02 {
			t.Errorf("%s: p = %v, the t-test says %v", got.Name, got.P, want)
		}
	}
}

func TestBadInputSaysWhatAndHow(t *testing.T) {
	for want, f := range map[string]func(){
		"PairedTTest wants pairs, got 2 and 3 values": func() { PairedTTest([]float64{1, 2}, []float64{1, 2, 3}) },
		"at least 2 values in sample 2, got 1":        func() { WelchTest([]float64{1, 2}, []float64{1}) },
		"got NaN as value 1 of sample 1":              func() { MannWhitney([]float64{1, math.NaN()}, []float64{1}) },
		"unknown quantile method \"lineal\"":          func() { Quantile([]float64{1}, 0.5, "lineal") },
		"wants 0 <= q <= 1, got 2":                    func() { Quantile([]float64{1}, 2, "") },
		"at least 1 values in sample 1, got 0":        func() { Summarize(nil) },
	} {
		func() {
			defer func() {
				err, _ := recover().(error)
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want an error with %q", err, want)
				}
			}()
			f()
		}()
	}
}
