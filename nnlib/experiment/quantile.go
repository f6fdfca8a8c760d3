package experiment

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// quantileMethods are NumPy's nine continuous and discontinuous sample quantiles
// (Hyndman and Fan 1996, types 1 to 9), by NumPy's names. Each row gives the
// virtual index of quantile q in n sorted values, counted from zero.
var quantileMethods = []struct {
	name  string
	index func(n, q float64) float64
}{
	{"inverted_cdf", func(n, q float64) float64 { return math.Ceil(float64(n*q)) - 1 }},
	{"averaged_inverted_cdf", averagedIndex},
	{"closest_observation", closestIndex},
	{"interpolated_inverted_cdf", plotting(0, 1)},
	{"hazen", plotting(0.5, 0.5)},
	{"weibull", plotting(0, 0)},
	{"linear", func(n, q float64) float64 { return float64((n - 1) * q) }},
	{"median_unbiased", plotting(1.0/3, 1.0/3)},
	{"normal_unbiased", plotting(3.0/8, 3.0/8)},
}

// plotting is the index n q + a + q (1 - a - b) - 1 of the continuous methods.
func plotting(a, b float64) func(n, q float64) float64 {
	return func(n, q float64) float64 { return float64(n*q) + (a + float64(q*(1-a-b))) - 1 }
}

func averagedIndex(n, q float64) float64 {
	i := float64(n * q)
	if i == math.Floor(i) {
		return i - 0.5
	}
	return math.Floor(i)
}

func closestIndex(n, q float64) float64 {
	i := float64(n*q) - 0.5
	if f := math.Floor(i); i == f { // halfway: the even rank, counted from one
		if math.Mod(f, 2) == 0 {
			return f - 1
		}
		return f
	}
	return math.Ceil(i) - 1
}

// Quantile returns the q-th sample quantile of x, 0 <= q <= 1, by one of NumPy's
// nine methods ("linear", NumPy's default, when method is empty). x need not be
// sorted; a NaN in x gives NaN. It panics for an empty x, a q outside [0, 1] and
// an unknown method.
func Quantile(x []float64, q float64, method string) float64 {
	if len(x) == 0 {
		panic(fmt.Errorf("experiment: Quantile of no values"))
	}
	if !(q >= 0 && q <= 1) {
		panic(fmt.Errorf("experiment: Quantile wants 0 <= q <= 1, got %v", q))
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	if math.IsNaN(sorted[0]) { // Sort puts NaN first
		return math.NaN()
	}
	return quantileSorted(sorted, q, method)
}

func quantileSorted(sorted []float64, q float64, method string) float64 {
	if method == "" {
		method = "linear"
	}
	var names []string
	for _, m := range quantileMethods {
		if m.name == method {
			at := m.index(float64(len(sorted)), q)
			last := float64(len(sorted) - 1)
			at = math.Max(0, math.Min(last, at))
			low := math.Floor(at)
			return lerp(sorted[int(low)], sorted[int(math.Min(last, low+1))], at-low)
		}
		names = append(names, m.name)
	}
	panic(fmt.Errorf("experiment: unknown quantile method %q; use one of %s", method, strings.Join(names, ", ")))
}

// lerp interpolates as NumPy does: from the nearer end, so that it is monotone.
func lerp(a, b, t float64) float64 {
	if t == 0 || a == b {
		return a
	}
	if t >= 0.5 {
		return b - float64((b-a)*(1-t))
	}
	return a + float64((b-a)*t)
}

// Median returns the middle value of x, the mean of the two middle ones for even lengths.
func Median(x []float64) float64 { return Quantile(x, 0.5, "linear") }
