package experiment

import "math"

// exactLimit is the sample size up to which rank tests count all arrangements.
const exactLimit = 50

// MannWhitney is the Mann-Whitney U test, scipy.stats.mannwhitneyu: exact while
// both samples have at most 50 values and no two values are equal, else the
// normal approximation with continuity and tie correction. Statistic is U of a.
func MannWhitney(a, b []float64) Test {
	wantAtLeast(1, "MannWhitney", a, b)
	n, m := float64(len(a)), float64(len(b))
	rank, tie := ranks(append(append([]float64(nil), a...), b...))
	sum := 0.0
	for _, r := range rank[:len(a)] {
		sum += r
	}
	u := sum - float64(float64(n*(n+1))/2)
	t := Test{Name: "Mann-Whitney U", Statistic: u}
	top := math.Max(u, float64(n*m)-u)
	if tie == 0 && len(a) <= exactLimit && len(b) <= exactLimit {
		t.P, t.Note = twoSided(mannWhitneyUpper(len(a), len(b), int(top))), "exact"
		return t
	}
	all := n + m
	variance := float64(n*m) / 12 * (all + 1 - tie/float64(all*(all-1)))
	if variance == 0 {
		t.P, t.Note = 1, "all values are equal"
		return t
	}
	z := (top - float64(float64(n*m)/2) - 0.5) / math.Sqrt(variance)
	t.P, t.Note = twoSided(normalCDF(-z)), "normal approximation with tie correction"
	return t
}

// mannWhitneyUpper is P(U >= u): the number of ways to reach a sum of U grows by
// one value at a time (Mann and Whitney 1947), kept as probabilities so that
// nothing overflows.
func mannWhitneyUpper(n, m, u int) float64 {
	// prob[i] is P(U = i) for k values of a and m of b; adding a value of a
	// multiplies the generating function by (1-q^(m+k))/(1-q^k) * k/(m+k).
	prob := make([]float64, n*m+1)
	prob[0] = 1
	for k := 1; k <= n; k++ {
		for i := n * m; i >= m+k; i-- {
			prob[i] -= prob[i-m-k]
		}
		for i := k; i <= n*m; i++ {
			prob[i] += prob[i-k]
		}
		scale := float64(k) / float64(m+k)
		for i := range prob {
			prob[i] *= scale
		}
	}
	// The smaller tail is summed: U is symmetric about n*m/2.
	tail := 0.0
	for i := 0; i <= n*m-u; i++ {
		tail += prob[i]
	}
	return tail
}
