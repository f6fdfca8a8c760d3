package experiment

import (
	"fmt"
	"math"
)

// A Test is the outcome of one statistical test. P is two-sided unless the
// test's own comment says otherwise.
type Test struct {
	Name      string
	Statistic float64
	DF        float64 // degrees of freedom; 0 where the test has none
	P         float64
	Note      string // "exact", "normal approximation with tie correction", ...
}

// String shows the test in one line.
func (t Test) String() string {
	df := ""
	if t.DF != 0 {
		df = fmt.Sprintf(", df = %.4g", t.DF)
	}
	note := ""
	if t.Note != "" {
		note = " (" + t.Note + ")"
	}
	return fmt.Sprintf("%s: statistic = %.5g%s, p = %s%s", t.Name, t.Statistic, df, formatP(t.P), note)
}

func formatP(p float64) string {
	if p < 0.0001 {
		return fmt.Sprintf("%.2g", p)
	}
	return fmt.Sprintf("%.4f", p)
}

// twoSided doubles an upper tail, never above 1. The inner conversion is for tails
// that are products when this is inlined: 2x becomes x + x.
func twoSided(tail float64) float64 { return math.Min(1, float64(2*float64(tail))) }

func wantAtLeast(n int, test string, samples ...[]float64) {
	for i, s := range samples {
		if len(s) < n {
			panic(fmt.Errorf("experiment: %s wants at least %d values in sample %d, got %d; repeat the experiment more often", test, n, i+1, len(s)))
		}
		for j, v := range s {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				panic(fmt.Errorf("experiment: %s got %v as value %d of sample %d; drop or repeat the run that gave it", test, v, j, i+1))
			}
		}
	}
}

func wantPairs(test string, a, b []float64) {
	if len(a) != len(b) {
		panic(fmt.Errorf("experiment: %s wants pairs, got %d and %d values; run both variants with the same repeats", test, len(a), len(b)))
	}
}
