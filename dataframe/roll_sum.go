package dataframe

import "math"

// The sums of a window are kept by adding the row that comes and taking away the
// row that goes, with Kahan's compensation for each of the two, and with pandas'
// care for windows of equal values. Source: pandas/_libs/window/aggregations.pyx.

// A slider is told which values come and go.
type slider interface {
	reset()
	add(x float64)
	remove(x float64)
	result(periods int) float64
}

// slide moves a window over x. A window that has nothing in common with the one
// before starts anew.
func (w *Window) slide(x []float64, s slider) []float64 {
	out := make([]float64, len(x))
	from, to := 0, 0
	s.reset()
	for i := range x {
		start, end := w.bounds(i)
		if start >= to {
			s.reset()
			from, to = start, start
		}
		for ; from < start; from++ {
			s.remove(x[from])
		}
		for ; to < end; to++ {
			s.add(x[to])
		}
		out[i] = s.result(w.periods)
	}
	return out
}

func (w *Window) rollSum(x []float64) []float64  { return w.slide(x, &windowSum{}) }
func (w *Window) rollMean(x []float64) []float64 { return w.slide(x, &windowSum{mean: true}) }
func (w *Window) rollVar(x []float64, ddof int) []float64 {
	return w.slide(x, &windowVar{ddof: ddof})
}

type windowSum struct {
	mean            bool
	n, negative     int
	sum             float64
	lostIn, lostOut float64
	repeats
}

// repeats counts how often the last value came in a row.
type repeats struct {
	value float64
	count int
}

func (r *repeats) see(x float64) {
	if x == r.value {
		r.count++
		return
	}
	r.value, r.count = x, 1
}

func (s *windowSum) reset() { *s = windowSum{mean: s.mean} }

func (s *windowSum) add(x float64) {
	if x != x {
		return
	}
	s.n++
	y := x - s.lostIn
	sum := s.sum + y
	s.lostIn = sum - s.sum - y
	s.sum = sum
	if math.Signbit(x) {
		s.negative++
	}
	s.see(x)
}

func (s *windowSum) remove(x float64) {
	if x != x {
		return
	}
	s.n--
	y := -x - s.lostOut
	sum := s.sum + y
	s.lostOut = sum - s.sum - y
	s.sum = sum
	if math.Signbit(x) {
		s.negative--
	}
}

func (s *windowSum) result(periods int) float64 {
	n := float64(s.n)
	switch {
	case s.n == 0 && periods == 0 && !s.mean:
		return 0
	case s.n < periods || s.n == 0:
		return math.NaN()
	case !s.mean && s.count >= s.n:
		return s.value * n
	case !s.mean:
		return s.sum
	case s.count >= s.n:
		return s.value
	}
	mean := s.sum / n
	if s.negative == 0 && mean < 0 || s.negative == s.n && mean > 0 {
		return 0
	}
	return mean
}

// windowVar is Welford's variance with values that come and go.
type windowVar struct {
	ddof            int
	n               int
	mean, squares   float64
	lostIn, lostOut float64
	repeats
}

func (s *windowVar) reset() { *s = windowVar{ddof: s.ddof} }

func (s *windowVar) add(x float64) {
	if x != x {
		return
	}
	s.n++
	s.see(x)
	before := s.mean - s.lostIn
	y := x - s.lostIn
	d := y - s.mean
	s.lostIn = d + s.mean - y
	s.mean += d / float64(s.n)
	s.squares += float64((x - before) * (x - s.mean))
}

func (s *windowVar) remove(x float64) {
	if x != x {
		return
	}
	s.n--
	if s.n == 0 {
		s.mean, s.squares = 0, 0
		return
	}
	before := s.mean - s.lostOut
	y := x - s.lostOut
	d := y - s.mean
	s.lostOut = d + s.mean - y
	s.mean -= d / float64(s.n)
	s.squares -= float64((x - before) * (x - s.mean))
}

func (s *windowVar) result(periods int) float64 {
	switch {
	case s.n < periods || s.n <= s.ddof:
		return math.NaN()
	case s.n == 1 || s.count >= s.n:
		return 0
	}
	return max(0, s.squares/float64(s.n-s.ddof))
}
