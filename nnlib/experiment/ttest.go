package experiment

import "math"

// TTest is Student's t-test of two independent samples with equal variances,
// scipy.stats.ttest_ind.
func TTest(a, b []float64) Test {
	wantAtLeast(2, "TTest", a, b)
	x, y := momentsOf(a), momentsOf(b)
	df := x.n + y.n - 2
	pooled := (x.m2 + y.m2) / df
	t := (x.mean - y.mean) / math.Sqrt(float64(pooled*(1/x.n+1/y.n)))
	return Test{Name: "Student's t-test", Statistic: t, DF: df, P: twoSided(tUpper(math.Abs(t), df))}
}

// WelchTest is the t-test of two independent samples whose variances may
// differ, scipy.stats.ttest_ind(equal_var=False).
func WelchTest(a, b []float64) Test {
	wantAtLeast(2, "WelchTest", a, b)
	x, y := momentsOf(a), momentsOf(b)
	vx, vy := x.variance()/x.n, y.variance()/y.n
	v := vx + vy
	t := (x.mean - y.mean) / math.Sqrt(v)
	df := float64(v*v) / (float64(vx*vx)/(x.n-1) + float64(vy*vy)/(y.n-1))
	return Test{Name: "Welch's t-test", Statistic: t, DF: df, P: twoSided(tUpper(math.Abs(t), df))}
}

// PairedTTest is the t-test of the differences of paired values, scipy.stats.ttest_rel.
func PairedTTest(a, b []float64) Test {
	wantPairs("PairedTTest", a, b)
	wantAtLeast(2, "PairedTTest", a, b)
	d := momentsOf(differences(a, b))
	df := d.n - 1
	t := d.mean / math.Sqrt(d.variance()/d.n)
	return Test{Name: "paired t-test", Statistic: t, DF: df, P: twoSided(tUpper(math.Abs(t), df))}
}

// FiveByTwoCV is Dietterich's 5x2cv paired t-test (Neural Computation 10, 1998):
// differences[i] holds the two differences of score of replication i of a 2-fold
// cross-validation.
func FiveByTwoCV(differences [5][2]float64) Test {
	sum := 0.0
	for _, d := range differences {
		mean := float64((d[0] + d[1]) / 2)
		u, v := d[0]-mean, d[1]-mean
		sum += float64(u*u) + float64(v*v)
	}
	t := differences[0][0] / math.Sqrt(sum/5)
	return Test{Name: "5x2cv paired t-test", Statistic: t, DF: 5, P: twoSided(tUpper(math.Abs(t), 5))}
}

func differences(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}
