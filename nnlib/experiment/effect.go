package experiment

import (
	"math"

	"reprise/nnlib/exact"
)

// CohenD is the difference of the means in units of the pooled standard deviation (Cohen 1988).
func CohenD(a, b []float64) float64 {
	wantAtLeast(2, "CohenD", a, b)
	x, y := momentsOf(a), momentsOf(b)
	return (x.mean - y.mean) / math.Sqrt((x.m2+y.m2)/(x.n+y.n-2))
}

// HedgesG is CohenD with the exact correction for small samples (Hedges 1981).
func HedgesG(a, b []float64) float64 {
	df := float64(len(a) + len(b) - 2)
	top, _ := exact.Lgamma(df / 2)
	bottom, _ := exact.Lgamma((df - 1) / 2)
	return CohenD(a, b) * exact.Exp(top-bottom) / math.Sqrt(df/2)
}

// A12 is the probability that a value of a is larger than one of b, ties counted
// half (Vargha and Delaney 2000). 0.5 means no difference.
func A12(a, b []float64) float64 {
	return MannWhitney(a, b).Statistic / float64(len(a)*len(b))
}

// pairedD is the mean difference in units of the differences' standard deviation.
func pairedD(a, b []float64) float64 {
	d := momentsOf(differences(a, b))
	return d.mean / math.Sqrt(d.variance())
}
