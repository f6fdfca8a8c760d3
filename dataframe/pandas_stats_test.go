package dataframe

import (
	"math"
	"testing"

	"reprise/nnlib/experiment"
)

// statistics runs the cases on the article's score lists: the tests' numbers come
// from SciPy, whose distribution functions differ from ours in the last digits.
var statistics = map[string]caseRunner{
	`{"sem":s.sem(),"ci95":list(stats.t.interval(.95,len(s)-1,loc=s.mean(),scale=s.sem())),"ci95_z":[s.mean()-1.96*s.sem(),s.mean()+1.96*s.sem()]}`: func(t *testing.T, c pandasCase) {
		df, want := openInputs(t, c)["s"], c.Expected.members(t)
		mean, sem := Mean(df, "0"), Sem(df, "0")
		ci := experiment.Summarize(Floats(df, "0")).MeanCI
		sameScalars(t, []float64{sem}, want["sem"].numbers(t), 1e-15)
		// The quantile of SciPy 1.10 is 5.7e-11 too large (2.26215716274, 2.26215716280 is
		// right and what SciPy 1.17 gives), so the half width is compared, not the ends.
		low, high := want["ci95"].numbers(t)[0], want["ci95"].numbers(t)[1]
		half := (goValue(high, "float64").(float64) - goValue(low, "float64").(float64)) / 2
		if got := (ci.High - ci.Low) / 2; math.Abs(got-half) > 1e-10*half {
			t.Errorf("half width %v, want %v", got, half)
		}
		sameScalars(t, []float64{mean - 1.96*sem, mean + 1.96*sem}, want["ci95_z"].numbers(t), 1e-14)
	},
	`{"q":list(s.quantile([.25,.5,.75])),"lo":s[s>=s.quantile(.25)-1.5*(s.quantile(.75)-s.quantile(.25))].min(),"hi":s[s<=s.quantile(.75)+1.5*(s.quantile(.75)-s.quantile(.25))].max()}`: func(t *testing.T, c pandasCase) {
		df, want := openInputs(t, c)["s"], c.Expected.members(t)
		q := Floats(Quantiles(df, .25, .5, .75), "0")
		reach := 1.5 * (q[2] - q[0])
		sameScalars(t, q, want["q"].numbers(t), 0)
		within := FilterFunc(df, func(r Row) bool { return r.Float("0") >= q[0]-reach && r.Float("0") <= q[2]+reach })
		sameScalars(t, []float64{Min(within, "0"), Max(within, "0")}, append(want["lo"].numbers(t), want["hi"].numbers(t)...), 0)
	},
	"int((s-s.mean()).abs().idxmin())": numberCase(func(in frames) float64 {
		return float64(experiment.Named("s", Floats(in["s"], "0")).ClosestToMean())
	}),
	"s.expanding(2).std()/np.sqrt(np.arange(1,len(s)+1))": func(t *testing.T, c pandasCase) {
		std := Floats(Expanding(openInputs(t, c)["s"], ExpandingOptions{MinPeriods: 2}).Std(), "0")
		for i := range std {
			std[i] /= math.Sqrt(float64(i + 1))
		}
		sameScalars(t, std, c.Expected.Data, 0)
	},
	"list(stats.shapiro(s))": func(t *testing.T, c pandasCase) {
		sameTest(t, experiment.ShapiroWilk(Floats(openInputs(t, c)["s"], "0")), c, 1e-6) // SciPy's is in single precision
	},
	"list(stats.ttest_ind(a,b))":                                                twoSamples(experiment.TTest),
	"list(stats.ttest_ind(a,b,equal_var=False))":                                twoSamples(experiment.WelchTest),
	"list(stats.ttest_rel(a,b))":                                                twoSamples(experiment.PairedTTest),
	"list(stats.wilcoxon(a,b))":                                                 twoSamples(experiment.Wilcoxon),
	"list(stats.ks_2samp(a,b))":                                                 twoSamples(experiment.KolmogorovSmirnov),
	`list(stats.mannwhitneyu(a,b,alternative="two-sided",method="exact"))`:      twoSamples(experiment.MannWhitney),
	`list(stats.mannwhitneyu(a,b,alternative="two-sided",method="asymptotic"))`: asymptoticMannWhitney,
	"stats.mannwhitneyu(a,b)[0]/(len(a)*len(b))": func(t *testing.T, c pandasCase) {
		sameScalars(t, []float64{experiment.A12(sample(t, c, "a"), sample(t, c, "b"))}, c.Expected.numbers(t), 1e-15)
	},
	"cohen_d(a,b)": func(t *testing.T, c pandasCase) {
		sameScalars(t, []float64{experiment.CohenD(sample(t, c, "a"), sample(t, c, "b"))}, c.Expected.numbers(t), 1e-14)
	},
	"list(stats.kruskal(a,b,c))": func(t *testing.T, c pandasCase) {
		sameTest(t, experiment.Kruskal(sample(t, c, "a"), sample(t, c, "b"), sample(t, c, "c")), c, 1e-12)
	},
}

func sample(t *testing.T, c pandasCase, name string) []float64 {
	return Floats(c.Inputs[name].table(t).frame(), "0")
}

func twoSamples(f func(a, b []float64) experiment.Test) caseRunner {
	return func(t *testing.T, c pandasCase) { sameTest(t, f(sample(t, c, "a"), sample(t, c, "b")), c, 1e-11) }
}

func sameTest(t *testing.T, got experiment.Test, c pandasCase, tolerance float64) {
	t.Helper()
	sameScalars(t, []float64{got.Statistic, got.P}, c.Expected.numbers(t), tolerance)
}

// asymptoticMannWhitney: nnlib counts small samples without ties exactly; for those
// the normal approximation is worked out here from its statistic.
func asymptoticMannWhitney(t *testing.T, c pandasCase) {
	a, b := sample(t, c, "a"), sample(t, c, "b")
	got := experiment.MannWhitney(a, b)
	if got.Note == "exact" {
		n, m := float64(len(a)), float64(len(b))
		z := (math.Abs(got.Statistic-n*m/2) - 0.5) / math.Sqrt(n*m*(n+m+1)/12)
		got.P = math.Erfc(z / math.Sqrt2)
	}
	sameTest(t, got, c, 1e-11)
}
