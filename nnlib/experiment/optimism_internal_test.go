package experiment

import (
	"math"
	"testing"
)

// Expected maxima of n standard normal draws: Harter, Expected values of normal order
// statistics, Biometrika 48 (1961), table 1.
func TestNormalMaxIsHarters(t *testing.T) {
	for n, want := range map[int]float64{1: 0, 2: 0.56419, 5: 1.16296, 10: 1.53875, 30: 2.04276, 100: 2.50759} {
		if got := normalMax(n); math.Abs(got-want) > 1e-5 {
			t.Errorf("best of %d: %.5f, want %.5f", n, got, want)
		}
	}
}
