package experiment

import "fmt"

// Kruskal is the Kruskal-Wallis H test of two or more independent samples with
// tie correction, scipy.stats.kruskal. P is the upper tail of chi-squared.
func Kruskal(samples ...[]float64) Test {
	if len(samples) < 2 {
		panic(fmt.Errorf("experiment: Kruskal wants at least 2 samples, got %d", len(samples)))
	}
	wantAtLeast(1, "Kruskal", samples...)
	var all []float64
	for _, s := range samples {
		all = append(all, s...)
	}
	rank, tie := ranks(all)
	n := float64(len(all))
	sum, at := 0.0, 0
	for _, s := range samples {
		r := 0.0
		for _, v := range rank[at : at+len(s)] {
			r += v
		}
		sum += float64(r*r) / float64(len(s))
		at += len(s)
	}
	t := Test{Name: "Kruskal-Wallis H", DF: float64(len(samples) - 1)}
	correction := 1 - tie/(float64(float64(n*n)*n)-n)
	if correction == 0 {
		t.P, t.Note = 1, "all values are equal"
		return t
	}
	h := float64(12/float64(n*(n+1))*sum) - float64(3*(n+1))
	t.Statistic = h / correction
	t.P = chi2Upper(t.Statistic, t.DF)
	return t
}
