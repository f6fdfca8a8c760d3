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

// Permutation tests whether two independent samples differ in mean by dealing the
// values to the two samples anew, resamples times, from stream.
func Permutation(a, b []float64, resamples int, stream *rng.Stream) Test {
	wantAtLeast(1, "Permutation", a, b)
	all := append(append([]float64(nil), a...), b...)
	difference := func() float64 {
		return math.Abs(momentsOf(all[:len(a)]).mean - momentsOf(all[len(a):]).mean)
	}
	t := Test{Name: "permutation test", Statistic: momentsOf(a).mean - momentsOf(b).mean, Note: fmt.Sprintf("%d random deals", resamples)}
	observed := difference()
	bound := observed - float64(1e-14*observed)
	hits := 1.0
	for r := 0; r < resamples; r++ {
		for i := len(all) - 1; i > 0; i-- {
			j := stream.IntN(i + 1)
			all[i], all[j] = all[j], all[i]
		}
		if difference() >= bound {
			hits++
		}
	}
	t.P = hits / float64(resamples+1)
	return t
}
