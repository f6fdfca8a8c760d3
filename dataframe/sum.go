package dataframe

import "math"

// pairwise adds f's values 0 ... n-1 in the order of NumPy's add.reduce: halves
// down to blocks of at most 128, eight partial sums in a block. fill writes the
// values [from, from+len(block)) into a block.
//
// Source: numpy/core/src/umath/loops_utils.h.src, pairwise_sum.
func pairwise(n int, fill func(block []float64, from int)) float64 {
	var buffer [128]float64
	return pairwiseRange(0, n, &buffer, fill)
}

func pairwiseRange(from, n int, buffer *[128]float64, fill func([]float64, int)) float64 {
	if n <= len(buffer) {
		block := buffer[:n]
		fill(block, from)
		return sumBlock(block)
	}
	half := n / 2
	half -= half % 8
	left := pairwiseRange(from, half, buffer, fill)
	return left + pairwiseRange(from+half, n-half, buffer, fill)
}

func sumBlock(x []float64) float64 {
	sum := 0.0
	if len(x) >= 8 {
		r := [8]float64(x[:8])
		i := 8
		for ; i+8 <= len(x); i += 8 {
			b := (*[8]float64)(x[i:])
			r[0] += b[0]
			r[1] += b[1]
			r[2] += b[2]
			r[3] += b[3]
			r[4] += b[4]
			r[5] += b[5]
			r[6] += b[6]
			r[7] += b[7]
		}
		sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
		x = x[i:]
	}
	for _, v := range x {
		sum += v
	}
	return sum
}

// sumSlice adds numbers pairwise.
func sumSlice(x []float64) float64 {
	return pairwise(len(x), func(block []float64, from int) { copy(block, x[from:]) })
}

// moments are what one look at a number column gives: count, sum, and the sum of
// (x - mean)^p for the power that is asked for later. Missing values count as 0 in
// the sums, in their places, as in pandas.
type moments struct {
	values cells[float64]
	count  int
	sum    float64
	mean   float64 // NaN when count is 0
}

func momentsOf(v cells[float64]) moments {
	m := moments{values: v}
	m.sum = pairwise(len(v), func(block []float64, from int) {
		for i, c := range v[from : from+len(block)] {
			block[i] = c.e
			if c.missing() {
				block[i] = 0
				continue
			}
			m.count++
		}
	})
	m.mean = m.sum / float64(m.count)
	return m
}

// central is the sum of (x - mean)^power, power 2, 3 or 4.
func (m moments) central(power int) float64 {
	return pairwise(len(m.values), func(block []float64, from int) {
		for i, c := range m.values[from : from+len(block)] {
			d := c.e - m.mean
			if c.missing() {
				d = 0
			}
			p := d * d
			switch power {
			case 3:
				p *= d
			case 4:
				p *= p
			}
			block[i] = p
		}
	})
}

// variance divides by count - ddof; NaN when that is not positive.
func (m moments) variance(ddof int) float64 {
	if m.count <= ddof {
		return math.NaN()
	}
	return m.central(2) / float64(m.count-ddof)
}
