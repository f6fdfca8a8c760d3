package experiment

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

// ShapiroWilk tests whether a sample may come from a normal distribution:
// Royston's AS R94 (Applied Statistics 44, 1995), scipy.stats.shapiro. A small P
// speaks against it. It wants 3 to 5000 values that are not all equal.
func ShapiroWilk(x []float64) Test {
	wantAtLeast(3, "ShapiroWilk", x)
	if len(x) > 5000 {
		panic(fmt.Errorf("experiment: ShapiroWilk wants at most 5000 values, got %d", len(x)))
	}
	s := sorted(x)
	n := len(s)
	t := Test{Name: "Shapiro-Wilk", Statistic: 1, P: 1}
	if s[0] == s[n-1] {
		t.Note = "all values are equal"
		return t
	}
	a := shapiroWeights(n)
	m := momentsOf(s)
	num := 0.0
	for i, w := range a {
		num += float64(w * (s[n-1-i] - s[i]))
	}
	t.Statistic = math.Min(1, float64(num*num)/m.m2)
	t.P = shapiroP(t.Statistic, float64(n))
	return t
}

// shapiroWeights are the weights of the n/2 outer differences, largest first.
func shapiroWeights(n int) []float64 {
	if n == 3 {
		return []float64{math.Sqrt(0.5)}
	}
	half := n / 2
	m := make([]float64, half) // expected normal order statistics, from the top (Blom)
	sum := 0.0
	for i := range m {
		m[i] = -normalQuantile((float64(i+1) - 0.375) / (float64(n) + 0.25))
		sum += float64(m[i] * m[i])
	}
	sum = float64(2 * sum)
	root := math.Sqrt(sum)
	r := 1 / math.Sqrt(float64(n))
	a := make([]float64, half)
	a[0] = horner(r, []float64{0, .221157, -.147981, -2.071190, 4.434685, -2.706056}) + m[0]/root
	first, scale := 1, 0.0
	if n > 5 {
		first = 2
		a[1] = m[1]/root + horner(r, []float64{0, .042981, -.293762, -1.752461, 5.682633, -3.582633})
		scale = math.Sqrt((sum - float64(2*float64(m[0]*m[0])) - float64(2*float64(m[1]*m[1]))) / (1 - float64(2*float64(a[0]*a[0])) - float64(2*float64(a[1]*a[1]))))
	} else {
		scale = math.Sqrt((sum - float64(2*float64(m[0]*m[0]))) / (1 - float64(2*float64(a[0]*a[0]))))
	}
	for i := first; i < half; i++ {
		a[i] = m[i] / scale
	}
	return a
}

func shapiroP(w, n float64) float64 {
	if n == 3 {
		const sixOverPi, least = 1.90985931710274, 1.04719755119660
		return math.Max(0, float64(sixOverPi*(exact.Asin(math.Sqrt(w))-least)))
	}
	y := exact.Log(1 - w)
	ln := exact.Log(n)
	var mean, sd float64
	if n <= 11 {
		gamma := float64(.459*n) - 2.273
		if y >= gamma {
			return 1e-99
		}
		y = -exact.Log(gamma - y)
		mean = horner(n, []float64{.5440, -.39978, .025054, -6.714e-4})
		sd = exact.Exp(horner(n, []float64{1.3822, -.77857, .062767, -.0020322}))
	} else {
		mean = horner(ln, []float64{-1.5861, -.31082, -.083751, .0038915})
		sd = exact.Exp(horner(ln, []float64{-.4803, -.082676, .0030302}))
	}
	return normalCDF(-(y - mean) / sd)
}
