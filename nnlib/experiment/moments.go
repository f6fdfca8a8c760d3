package experiment

import "math"

// moments are the sums that the summaries and tests share.
type moments struct {
	n          float64
	mean       float64
	m2, m3, m4 float64 // sums of powers of the deviations from the mean
}

// momentsOf takes two passes, in the order of x.
func momentsOf(x []float64) moments {
	m := moments{n: float64(len(x))}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	m.mean = sum / m.n
	for _, v := range x {
		d := v - m.mean
		d2 := float64(d * d)
		m.m2 += d2
		m.m3 += float64(d2 * d)
		m.m4 += float64(d2 * d2)
	}
	return m
}

// variance is the unbiased estimate, divisor n-1; NaN for fewer than two values.
func (m moments) variance() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	return m.m2 / (m.n - 1)
}

// skew is the adjusted Fisher-Pearson coefficient, as pandas and Excel give it.
func (m moments) skew() float64 {
	if m.n < 3 || m.m2 == 0 {
		return math.NaN()
	}
	v := m.m2 / m.n
	g1 := m.m3 / m.n / float64(v*math.Sqrt(v))
	return float64(math.Sqrt(float64(m.n*(m.n-1)))/(m.n-2)) * g1
}

// ranks gives every value its rank from 1, ties the mean of theirs, and the tie
// correction: the sum of t^3 - t over groups of t equal values.
func ranks(x []float64) (rank []float64, tie float64) {
	order := argsort(x)
	rank = make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			rank[k] = float64(i+j+1) / 2
		}
		t := float64(j - i)
		tie += float64(float64(t*t)*t) - t
		i = j
	}
	return rank, tie
}
