package experiment

import "math"

// Wilcoxon is the signed-rank test of paired values, scipy.stats.wilcoxon with
// zero_method "wilcox": pairs without a difference are left out. It is exact for
// at most 50 different non-zero differences, else the normal approximation with
// tie correction. Statistic is the smaller of the two rank sums.
func Wilcoxon(a, b []float64) Test {
	wantPairs("Wilcoxon", a, b)
	wantAtLeast(1, "Wilcoxon", a, b)
	var d, size []float64
	for _, v := range differences(a, b) {
		if v != 0 {
			d, size = append(d, v), append(size, math.Abs(v))
		}
	}
	t := Test{Name: "Wilcoxon signed-rank"}
	if len(d) == 0 {
		t.P, t.Note = 1, "no pair differs"
		return t
	}
	rank, tie := ranks(size)
	plus, minus := 0.0, 0.0
	for i, v := range d {
		if v > 0 {
			plus += rank[i]
		} else {
			minus += rank[i]
		}
	}
	t.Statistic = math.Min(plus, minus)
	n := float64(len(d))
	if tie == 0 && len(d) <= exactLimit && len(d) == len(a) {
		t.P, t.Note = twoSided(signedRankLower(len(d), int(t.Statistic))), "exact"
		return t
	}
	mean := float64(float64(n*(n+1)) / 4)
	variance := float64(float64(n*(n+1))*(float64(2*n)+1))/24 - float64(tie/48)
	z := (t.Statistic - mean) / math.Sqrt(variance)
	t.P, t.Note = twoSided(normalCDF(z)), "normal approximation with tie correction"
	return t
}

// signedRankLower is P(T <= t) for the sum T of a random subset of the ranks 1..n.
func signedRankLower(n, t int) float64 {
	prob := make([]float64, n*(n+1)/2+1)
	prob[0] = 1
	for k := 1; k <= n; k++ {
		for i := len(prob) - 1; i >= 0; i-- {
			with := 0.0
			if i >= k {
				with = prob[i-k]
			}
			prob[i] = (prob[i] + with) / 2
		}
	}
	sum := 0.0
	for i := 0; i <= t; i++ {
		sum += prob[i]
	}
	return sum
}
