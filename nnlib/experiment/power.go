package experiment

import (
	"fmt"
	"math"
)

// mostRepeats bounds the search of Repeats.
const mostRepeats = 10_000_000

// Power is the chance that a two-sided t-test at level alpha finds an effect of
// size d (in standard deviations) with n values a sample: paired differences, or
// two independent samples of n each. It uses the noncentral t distribution.
func Power(d float64, n int, alpha float64, paired bool) float64 {
	if n < 2 {
		return 0
	}
	df, delta := float64(n-1), d*math.Sqrt(float64(n))
	if !paired {
		df, delta = float64(2*(n-1)), d*math.Sqrt(float64(n)/2)
	}
	critical := tQuantile(1-float64(alpha/2), df)
	return noncentralTUpper(critical, df, delta) + 1 - noncentralTUpper(-critical, df, delta)
}

// Repeats is the smallest number of repeats per variant with which the t-test at
// level alpha finds an effect of size d with the wanted power (0.8 is usual).
func Repeats(d, power, alpha float64, paired bool) (int, error) {
	if d == 0 || math.IsNaN(d) {
		return 0, fmt.Errorf("experiment: no number of repeats finds an effect of size %v", d)
	}
	if !(power > 0 && power < 1 && alpha > 0 && alpha < 1) {
		return 0, fmt.Errorf("experiment: Repeats wants power and alpha between 0 and 1, got %v and %v", power, alpha)
	}
	d = math.Abs(d)
	low, high := 1, 2
	for Power(d, high, alpha, paired) < power {
		if high >= mostRepeats {
			return 0, fmt.Errorf("experiment: an effect of size %.3g needs more than %d repeats", d, mostRepeats)
		}
		low, high = high, 2*high
	}
	for high-low > 1 {
		if mid := (low + high) / 2; Power(d, mid, alpha, paired) < power {
			low = mid
		} else {
			high = mid
		}
	}
	return high, nil
}
