package experiment

import (
	"fmt"
	"math"

	"reprise/nnlib/rng"
)

// allSigns is the number of pairs up to which a paired permutation test goes
// through every assignment: 2^16.
const allSigns = 16

// PairedPermutation tests whether paired values differ in mean by flipping the
// signs of the differences: all of them up to 16 pairs, else resamples random
// ones from stream, where P counts the observed one too (Phipson and Smyth 2010).
func PairedPermutation(a, b []float64, resamples int, stream *rng.Stream) Test {
	wantPairs("PairedPermutation", a, b)
	wantAtLeast(1, "PairedPermutation", a, b)
	d := differences(a, b)
	t := Test{Name: "paired permutation test", Statistic: momentsOf(d).mean}
	observed := math.Abs(signedSum(d, func(int) bool { return false }))
	bound := observed - float64(1e-14*observed) // sums in another sign order may round differently
	if len(d) <= allSigns {
		hits := 0.0
		for mask := 0; mask < 1<<len(d); mask++ {
			if math.Abs(signedSum(d, func(i int) bool { return mask>>i&1 == 1 })) >= bound {
				hits++
			}
		}
		t.P, t.Note = hits/float64(int(1)<<len(d)), "exact"
		return t
	}
	hits := 1.0
	for r := 0; r < resamples; r++ {
		if math.Abs(signedSum(d, func(int) bool { return stream.IntN(2) == 1 })) >= bound {
			hits++
		}
	}
	t.P, t.Note = hits/float64(resamples+1), fmt.Sprintf("%d random sign flips", resamples)
	return t
}

func signedSum(d []float64, flip func(i int) bool) float64 {
	sum := 0.0
	for i, v := range d {
		if flip(i) {
			v = -v
		}
		sum += v
	}
	return sum
}

// allDeals is the number of ways to deal the values up to which Permutation goes through all.
const allDeals = 200_000

// Permutation tests whether two independent samples differ in mean by dealing the values to the
// two samples anew: in every way when there are at most 200,000 (two samples of ten), else resamples times, from
// stream, where both tails count the observed deal too. P is twice the smaller tail,
// as in scipy.stats.permutation_test.
func Permutation(a, b []float64, resamples int, stream *rng.Stream) Test {
	wantAtLeast(1, "Permutation", a, b)
	all := append(append([]float64(nil), a...), b...)
	d := &dealer{observed: momentsOf(a).mean - momentsOf(b).mean}
	t := Test{Name: "permutation test", Statistic: d.observed, Note: "exact"}
	if deals(len(all), len(a)) <= allDeals {
		d.every(all, len(a))
		t.P = twoSided(math.Min(d.low, d.high) / d.count)
		return t
	}
	for r := 0; r < resamples; r++ {
		for i := len(all) - 1; i > 0; i-- {
			j := stream.IntN(i + 1)
			all[i], all[j] = all[j], all[i]
		}
		d.add(all[:len(a)], all[len(a):])
	}
	t.Note = fmt.Sprintf("%d random deals", resamples)
	t.P = twoSided((math.Min(d.low, d.high) + 1) / (d.count + 1))
	return t
}

// A dealer counts the deals whose difference of means is at most, and at least, the observed one.
type dealer struct{ observed, low, high, count float64 }

func (d *dealer) add(a, b []float64) {
	slack := math.Abs(float64(1e-14 * d.observed)) // sums in another order may round differently
	diff := momentsOf(a).mean - momentsOf(b).mean
	if diff <= d.observed+slack {
		d.low++
	}
	if diff >= d.observed-slack {
		d.high++
	}
	d.count++
}

// deals is the number of ways to choose k of n; what is above allDeals may be cut.
func deals(n, k int) int {
	k, c := min(k, n-k), 1
	for i := 1; i <= k && c <= allDeals; i++ {
		c = c * (n - k + i) / i
	}
	return c
}

// every adds all ways to choose k of all.
func (d *dealer) every(all []float64, k int) {
	at := make([]int, k)
	for i := range at {
		at[i] = i
	}
	chosen, others := make([]float64, 0, k), make([]float64, 0, len(all)-k)
	for more := true; more; more = nextChoice(at, len(all)) {
		chosen, others = chosen[:0], others[:0]
		for i, v := range all {
			if len(chosen) < k && at[len(chosen)] == i {
				chosen = append(chosen, v)
			} else {
				others = append(others, v)
			}
		}
		d.add(chosen, others)
	}
}

// nextChoice makes the next ascending list of numbers below n, and reports whether there is one.
func nextChoice(list []int, n int) bool {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] < n-len(list)+i {
			list[i]++
			for j := i + 1; j < len(list); j++ {
				list[j] = list[j-1] + 1
			}
			return true
		}
	}
	return false
}
