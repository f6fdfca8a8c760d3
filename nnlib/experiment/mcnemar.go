package experiment

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

// McNemar compares two classifiers on the same samples: onlyA is the number that
// only the first got right, onlyB the number that only the second did. It is the
// exact binomial test below 25 such samples, else chi-squared with Edwards'
// continuity correction.
func McNemar(onlyA, onlyB int) Test {
	if onlyA < 0 || onlyB < 0 {
		panic(fmt.Errorf("experiment: McNemar wants counts, got %d and %d", onlyA, onlyB))
	}
	n := float64(onlyA + onlyB)
	t := Test{Name: "McNemar", Statistic: math.Min(float64(onlyA), float64(onlyB)), Note: "exact binomial"}
	if n == 0 {
		t.P = 1
		return t
	}
	if n < 25 {
		sum := 0.0
		for k := 0.0; k <= t.Statistic; k++ {
			sum += exact.Exp(logChoose(n, k) - float64(n*math.Ln2))
		}
		t.P = twoSided(sum)
		return t
	}
	d := math.Abs(float64(onlyA-onlyB)) - 1
	if d < 0 {
		d = 0
	}
	t.Statistic, t.DF, t.Note = float64(d*d)/n, 1, "chi-squared with continuity correction"
	t.P = chi2Upper(t.Statistic, 1)
	return t
}
