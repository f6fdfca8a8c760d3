package dataframe

import (
	"math"
	"slices"
	"sort"
)

// Quantile interpolates linearly between the two values nearest to place q (0 to
// 1), pandas' and NumPy's default. Missing values are left out.
func Quantile(df DataFrame, name string, q float64) float64 {
	t := open("Quantile", df)
	checkQuantiles("Quantile", []float64{q})
	return quantiles(present(numbers("Quantile", t.find("Quantile", name))), []float64{q})[0]
}

// Quantiles gives a row for each q and the number columns; the q are the labels.
func Quantiles(df DataFrame, qs ...float64) DataFrame {
	t := open("Quantiles", df)
	checkQuantiles("Quantiles", qs)
	out := table{rows: len(qs), index: newCells(qs)}
	for _, c := range t.columns {
		if isNumber(c.kind()) {
			values := quantiles(present(numbers("Quantiles", c)), qs)
			out.columns = append(out.columns, column{c.name, newCells(values)})
		}
	}
	return out.frame()
}

func checkQuantiles(verb string, qs []float64) {
	for _, q := range qs {
		if !(q >= 0 && q <= 1) {
			fail(verb, "quantile %v is outside 0 to 1; 25%% is 0.25", q)
		}
	}
}

func quantiles(values []float64, qs []float64) []float64 {
	out := make([]float64, len(qs))
	if len(values) == 0 {
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	var places []int
	for _, q := range qs {
		low, high, _ := quantilePlace(len(values), q)
		places = append(places, low, high)
	}
	found := atPlaces(values, places, 48)
	for i, q := range qs {
		_, _, part := quantilePlace(len(values), q)
		out[i] = lerp(found[2*i], found[2*i+1], part)
	}
	return out
}

// median is the middle value, or half the sum of the two in the middle, which can
// differ in the last bit from the 0.5-quantile.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	middle := atPlaces(values, []int{(n - 1) / 2, n / 2}, 48)
	if n%2 == 1 {
		return middle[0]
	}
	return (middle[0] + middle[1]) / 2
}

// quantilePlace multiplies and divides by 100, as pandas does on its way through
// numpy.percentile.
func quantilePlace(n int, q float64) (low, high int, part float64) {
	place := float64(float64(n-1) * (q * 100 / 100))
	low = min(max(int(place), 0), max(n-1, 0))
	return low, min(low+1, max(n-1, 0)), place - float64(low)
}

// lerp is NumPy's: from the nearer end, so that it is exact at both. Between
// equal values, infinities too, it stays there.
func lerp(a, b, t float64) float64 {
	if t == 0 || a == b {
		return a
	}
	d := b - a
	if t >= 0.5 {
		return b - float64(d*(1-t))
	}
	return a + float64(d*t)
}

// atPlaces gives the values that stand at the given places of the sorted order. It
// counts the values by 16 bits of their order, from shift up, and looks further
// only into the few buckets that hold a place.
func atPlaces(values []float64, places []int, shift int) []float64 {
	out := make([]float64, len(places))
	if len(values) < 4096 || shift < 0 {
		sorted := slices.Sorted(slices.Values(values))
		for i, p := range places {
			out[i] = sorted[p]
		}
		return out
	}
	starts := bucketStarts(values, shift)
	slot := make([]int16, 1<<16) // 1 + place in members
	var members [][]float64
	buckets := make([]int, len(places))
	for i, p := range places {
		b := sort.Search(1<<16, func(b int) bool { return int(starts[b+1]) > p })
		buckets[i] = b
		if slot[b] == 0 {
			members = append(members, make([]float64, 0, starts[b+1]-starts[b]))
			slot[b] = int16(len(members))
		}
	}
	for _, x := range values {
		if s := slot[uint16(orderBits(x)>>shift)]; s != 0 {
			members[s-1] = append(members[s-1], x)
		}
	}
	for i, p := range places {
		b := buckets[i]
		out[i] = atPlaces(members[slot[b]-1], []int{p - int(starts[b])}, shift-16)[0]
	}
	return out
}

// bucketStarts is the place of each bucket's first value, and of the end.
func bucketStarts(values []float64, shift int) []int32 {
	starts := make([]int32, 1<<16+1)
	for _, x := range values {
		starts[int(uint16(orderBits(x)>>shift))+1]++
	}
	for b := range 1 << 16 {
		starts[b+1] += starts[b]
	}
	return starts
}

// orderBits has the order of the numbers; -0 and 0 are equal.
func orderBits(x float64) uint64 {
	b := math.Float64bits(x + 0)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}
