package exact

import "math"

// Sum64 returns the sum of x in 16 lanes joined by the tree 8-4-2-1.
func Sum64(x []float64) float64 {
	var l [lanes]float64
	for i := sumLanes64(x, &l); i < len(x); i++ {
		l[i%lanes] += x[i]
	}
	return tree64(&l)
}

// Dot64 returns the sum of x[i]*y[i], each product rounded, in 16 lanes.
func Dot64(x, y []float64) float64 {
	checkLengths("Dot64", len(x), len(y))
	var l [lanes]float64
	for i := dotLanes64(x, y, &l); i < len(x); i++ {
		l[i%lanes] += float64(x[i] * y[i])
	}
	return tree64(&l)
}

// SumSq64 returns the sum of x[i]², each square rounded, in 16 lanes.
func SumSq64(x []float64) float64 { return Dot64(x, x) }

// Norm64 returns the Euclidean norm of x.
func Norm64(x []float64) float64 { return math.Sqrt(SumSq64(x)) }

// Mean64 returns the mean of x; NaN when x is empty.
func Mean64(x []float64) float64 { return Sum64(x) / float64(len(x)) }

// Var64 returns the population variance of x (divisor n) by two passes; NaN when x is empty.
func Var64(x []float64) float64 {
	mean := Mean64(x)
	var l [lanes]float64
	for i, v := range x {
		d := v - mean
		l[i%lanes] += float64(d * d)
	}
	return tree64(&l) / float64(len(x))
}

// Max64 returns the largest element: NaN if there is one, +0 above -0; -Inf when x is empty.
func Max64(x []float64) float64 {
	m := math.Inf(-1)
	for _, v := range x {
		m = max(m, v)
	}
	return canonical64(m)
}

// Min64 returns the smallest element: NaN if there is one, -0 below +0; +Inf when x is empty.
func Min64(x []float64) float64 {
	m := math.Inf(1)
	for _, v := range x {
		m = min(m, v)
	}
	return canonical64(m)
}

// ArgMax64 returns the first index of the largest element (the first NaN if there is one; -0 equals +0), -1 when x is empty.
func ArgMax64(x []float64) int {
	at := -1
	for i, v := range x {
		if v != v {
			return i
		}
		if at < 0 || v > x[at] {
			at = i
		}
	}
	return at
}

// ArgMin64 returns the first index of the smallest element (the first NaN if there is one; -0 equals +0), -1 when x is empty.
func ArgMin64(x []float64) int {
	at := -1
	for i, v := range x {
		if v != v {
			return i
		}
		if at < 0 || v < x[at] {
			at = i
		}
	}
	return at
}

// ColSum64 is ColSum32 for float64.
func ColSum64(dst []float64, rows, cols int, x []float64, ld int, load bool) {
	checkMatrix("x", rows, cols, false, len(x), ld)
	dst = dst[:cols]
	if !load {
		clear(dst)
	}
	for i := range rows {
		Add64(dst, dst, x[i*ld:][:cols])
	}
}
