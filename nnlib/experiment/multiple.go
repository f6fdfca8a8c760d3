package experiment

import (
	"fmt"
	"math"
)

// Holm adjusts p-values of several tests so that the chance of any false finding
// stays below the level at which they are compared (Holm 1979).
func Holm(p []float64) []float64 {
	wantProbabilities("Holm", p)
	out := make([]float64, len(p))
	most := 0.0
	for i, k := range argsort(p) {
		most = math.Max(most, float64(p[k]*float64(len(p)-i)))
		out[k] = math.Min(1, most)
	}
	return out
}

// BenjaminiHochberg adjusts p-values so that the expected share of false findings
// among all findings stays below the level (Benjamini and Hochberg 1995),
// scipy.stats.false_discovery_control.
func BenjaminiHochberg(p []float64) []float64 {
	wantProbabilities("BenjaminiHochberg", p)
	out := make([]float64, len(p))
	order := argsort(p)
	least := 1.0
	for i := len(order) - 1; i >= 0; i-- {
		k := order[i]
		least = math.Min(least, float64(p[k]*float64(len(p)))/float64(i+1))
		out[k] = least
	}
	return out
}

func wantProbabilities(name string, p []float64) {
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			panic(fmt.Errorf("experiment: %s wants p-values between 0 and 1, got %v as value %d", name, v, i))
		}
	}
}
