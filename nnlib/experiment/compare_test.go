package experiment_test

import (
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

func TestCompareOfScoresWithoutChance(t *testing.T) {
	nnlib.Seed(1)
	const1 := func(experiment.Run) float64 { return 1 }
	const2 := func(experiment.Run) float64 { return 2 }
	for want, c := range map[string]experiment.Comparison{
		"The first and the second score exactly the same in 10 paired runs.": experiment.Compare(experiment.Repeat(10, draws), experiment.Repeat(10, draws)),
		"differ by exactly 1 in 10 paired runs":                              experiment.Compare(experiment.Repeat(10, const1), experiment.Repeat(10, const2)),
		"X and y score exactly the same in 3 and 2 runs.":                    experiment.Compare(experiment.Named("x", []float64{1, 1, 1}), experiment.Named("y", []float64{1, 1})),
		"X and y differ by exactly 1 in 3 and 3 runs":                        experiment.Compare(experiment.Named("x", []float64{1, 1, 1}), experiment.Named("y", []float64{2, 2, 2})),
	} {
		if got := c.Sentence(); !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

func TestCompareOfUnequalNumbersPairsTheRunsBothHave(t *testing.T) {
	nnlib.Seed(1)
	a := experiment.Repeat(30, draws)
	b := experiment.Repeat(12, func(run experiment.Run) float64 { return draws(run) + 0.01*run.Stream("noise").Float64() })
	c := experiment.Compare(a, b)
	if !c.Paired || len(c.A.Values) != 12 || len(c.B.Values) != 12 || len(a.Values) != 30 {
		t.Errorf("paired %v, %d and %d runs", c.Paired, len(c.A.Values), len(c.B.Values))
	}
	if u := experiment.Compare(a, experiment.Named("list", b.Values)); u.Paired || len(u.A.Values) != 30 {
		t.Errorf("a list without seeds was paired with %d runs", len(u.A.Values))
	}
}
