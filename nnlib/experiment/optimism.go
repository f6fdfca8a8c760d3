package experiment

import (
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"
)

// An Optimism says how much better the best of several runs looks than a run is on average.
type Optimism struct {
	Of       int     // runs that the best was chosen from
	Mean     float64 // of a run: what to expect of the next one
	Expected float64 // of the best of so many new runs, though none of them differs but by its seed
	Size     float64 // how far the two are apart; never negative
}

// BestOf is the optimism of reporting the best of n runs. A seed that was lucky on these
// data is no better on the next: the gain is the choice's alone. The expectation is that
// of the best of n draws, with replacement, from the scores.
func (s *Scores) BestOf(n int, maximize bool) Optimism {
	if n < 1 {
		panic(fmt.Errorf("experiment: BestOf wants at least 1 run to choose from, got %d", n))
	}
	wantAtLeast(1, "BestOf", s.Values)
	o := Optimism{Of: n, Mean: momentsOf(s.Values).mean}
	x := sorted(s.Values)
	if maximize {
		slices.Reverse(x)
	}
	size := float64(len(x))
	for i, v := range x { // the chance that x[i] is the best one drawn
		p := exact.Pow((size-float64(i))/size, float64(n)) - exact.Pow((size-float64(i)-1)/size, float64(n))
		o.Expected += float64(v * p)
	}
	o.Size = math.Abs(o.Expected - o.Mean)
	return o
}

// String says it in one sentence.
func (o Optimism) String() string {
	return fmt.Sprintf("the best of %d runs scores %.4g by choice alone, where a run scores %.4g on average: %.4g of it is optimism. Report the mean, and train the final model with seeds that you did not choose by their score", o.Of, o.Expected, o.Mean, o.Size)
}

// normalMax is the expected largest of n draws from the standard normal distribution: the
// integral of 1 - P(largest <= x) over the positive x, less that of P(largest <= x) over the negative ones.
func normalMax(n int) float64 {
	const step, far = 1.0 / 64, 9 * 64
	sum := 0.0
	for i := 1; i < far; i++ { // the trapezoidal rule; at 0 the two integrands add up to 1
		x := float64(float64(i) * step)
		sum += 1 - exact.Pow(normalCDF(x), float64(n)) - exact.Pow(normalCDF(-x), float64(n))
	}
	return float64(step * (sum + 0.5 - exact.Pow(0.5, float64(n))))
}
