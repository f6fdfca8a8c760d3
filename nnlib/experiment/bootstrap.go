package experiment

import (
	"fmt"
	"math"

	"reprise/nnlib/rng"
)

// An Interval is a confidence interval.
type Interval struct{ Low, High float64 }

// String shows the interval as [low, high].
func (i Interval) String() string { return fmt.Sprintf("[%.4g, %.4g]", i.Low, i.High) }

// Bootstrap is the percentile interval of a statistic at the given level (0.95):
// the quantiles of the statistic over resamples of x drawn from stream (Efron 1979).
func Bootstrap(x []float64, statistic func([]float64) float64, level float64, resamples int, stream *rng.Stream) Interval {
	values := resampled(x, statistic, level, resamples, stream)
	return quantiles(values, (1-level)/2, (1+level)/2)
}

// BootstrapBCa is the bias-corrected and accelerated interval (Efron 1987),
// scipy.stats.bootstrap's default.
func BootstrapBCa(x []float64, statistic func([]float64) float64, level float64, resamples int, stream *rng.Stream) Interval {
	return bca(x, statistic, level, resampled(x, statistic, level, resamples, stream))
}

// bca is the interval for given values of the statistic over resamples of x.
func bca(x []float64, statistic func([]float64) float64, level float64, values []float64) Interval {
	below, theta := 0.0, statistic(x)
	for _, v := range values {
		switch {
		case v < theta:
			below++
		case v == theta:
			below += 0.5
		}
	}
	bias := normalQuantile(below / float64(len(values)))
	a := acceleration(x, statistic)
	at := func(p float64) float64 {
		z := bias + normalQuantile(p)
		return normalCDF(bias + z/(1-float64(a*z)))
	}
	low, high := at((1-level)/2), at((1+level)/2)
	if math.IsNaN(low) || math.IsNaN(high) { // every resample on one side: the statistic does not vary
		return Interval{math.NaN(), math.NaN()}
	}
	return quantiles(values, low, high)
}

// acceleration is the skewness of the jackknife values over six.
func acceleration(x []float64, statistic func([]float64) float64) float64 {
	jack := make([]float64, len(x))
	rest := make([]float64, len(x)-1)
	for i := range x {
		copy(rest, x[:i])
		copy(rest[i:], x[i+1:])
		jack[i] = statistic(rest)
	}
	m := momentsOf(jack)
	if m.m2 == 0 {
		return 0
	}
	return -m.m3 / float64(6*float64(m.m2*math.Sqrt(m.m2)))
}

func resampled(x []float64, statistic func([]float64) float64, level float64, resamples int, stream *rng.Stream) []float64 {
	wantAtLeast(2, "Bootstrap", x)
	if !(level > 0 && level < 1) || resamples < 1 {
		panic(fmt.Errorf("experiment: Bootstrap wants a level between 0 and 1 and at least one resample, got %v and %d", level, resamples))
	}
	values := make([]float64, resamples)
	draw := make([]float64, len(x))
	at := make([]int32, len(x))
	for i := range values {
		stream.IntNs(at, len(x))
		for j, k := range at {
			draw[j] = x[k]
		}
		values[i] = statistic(draw)
	}
	return values
}

// bootstrapMedian is Bootstrap(x, Median, ...) by counting: how often each place of the
// sorted values is drawn says where the middle is, and nothing needs to be sorted again.
func bootstrapMedian(x []float64, level float64, resamples int, stream *rng.Stream) Interval {
	n := len(x)
	order, values := argsort(x), make([]float64, resamples)
	rank, at, count := make([]int32, n), make([]int32, n), make([]int32, n)
	for r, i := range order {
		rank[i] = int32(r)
	}
	nth := func(want int32) float64 { // the value with so many draws below it
		for r, c := range count {
			if want -= c; want < 0 {
				return x[order[r]]
			}
		}
		panic("internal error: experiment: fewer draws than values")
	}
	for i := range values {
		clear(count)
		stream.IntNs(at, n)
		for _, k := range at {
			count[rank[k]]++
		}
		middle := float64(float64(n-1) * 0.5)
		low := math.Floor(middle)
		values[i] = lerp(nth(int32(low)), nth(int32(math.Min(float64(n-1), low+1))), middle-low)
	}
	return quantiles(values, (1-level)/2, (1+level)/2)
}

func quantiles(values []float64, low, high float64) Interval {
	s := sorted(values)
	return Interval{quantileSorted(s, low, "linear"), quantileSorted(s, high, "linear")}
}

// Mean is the arithmetic mean of x, summed in order.
func Mean(x []float64) float64 { return momentsOf(x).mean }
