package exact

import "math"

// lanes is the number of interleaved partial sums of a reduction: lane l takes x[l], x[l+16], ... in order.
// It is part of the contract: 16 float32 are one AVX-512, two AVX2 or four NEON registers.
const lanes = 16

// Sum32 returns the sum of x in 16 float32 lanes joined by the tree 8-4-2-1.
func Sum32(x []float32) float32 {
	var l [lanes]float32
	for i := sumLanes32(x, &l); i < len(x); i++ {
		l[i%lanes] += x[i]
	}
	return tree32(&l)
}

// Sum32To64 returns the sum of x in 16 float64 lanes: for losses, means and metrics.
func Sum32To64(x []float32) float64 {
	var l [lanes]float64
	for i := sumLanes32To64(x, &l); i < len(x); i++ {
		l[i%lanes] += float64(x[i])
	}
	return tree64(&l)
}

// Dot32To64 returns the sum of x[i]*y[i] in 16 float64 lanes; each product is exact.
func Dot32To64(x, y []float32) float64 {
	checkLengths("Dot32To64", len(x), len(y))
	var l [lanes]float64
	for i := dotLanes32To64(x, y, &l); i < len(x); i++ {
		l[i%lanes] += float64(float64(x[i]) * float64(y[i]))
	}
	return tree64(&l)
}

// SumSq32To64 returns the sum of x[i]² in 16 float64 lanes; each square is exact.
func SumSq32To64(x []float32) float64 { return Dot32To64(x, x) }

// Norm32 returns the Euclidean norm of x, summed in float64.
func Norm32(x []float32) float32 { return float32(math.Sqrt(SumSq32To64(x))) }

// Mean32 returns the mean of x, summed in float64; NaN when x is empty.
func Mean32(x []float32) float32 { return float32(Sum32To64(x) / float64(len(x))) }

// Var32 returns the population variance of x (divisor n) by two passes in float64; NaN when x is empty.
func Var32(x []float32) float32 {
	mean := Sum32To64(x) / float64(len(x))
	var l [lanes]float64
	for i, v := range x {
		d := float64(v) - mean
		l[i%lanes] += float64(d * d)
	}
	return float32(tree64(&l) / float64(len(x)))
}

// Max32 returns the largest element: NaN if there is one, +0 above -0; -Inf when x is empty.
func Max32(x []float32) float32 {
	m := float32(math.Inf(-1))
	for _, v := range x {
		m = max(m, v)
	}
	return canonical32(m)
}

// Min32 returns the smallest element: NaN if there is one, -0 below +0; +Inf when x is empty.
func Min32(x []float32) float32 {
	m := float32(math.Inf(1))
	for _, v := range x {
		m = min(m, v)
	}
	return canonical32(m)
}

// ArgMax32 returns the first index of the largest element (the first NaN if there is one; -0 equals +0), -1 when x is empty.
func ArgMax32(x []float32) int {
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

// ArgMin32 returns the first index of the smallest element (the first NaN if there is one; -0 equals +0), -1 when x is empty.
func ArgMin32(x []float32) int {
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

// ColSum32 sums the columns of the rows x cols matrix x (leading dimension ld) into dst, each column one chain of additions in
// ascending row order, starting from dst when load is set: the gradient of a bias.
func ColSum32(dst []float32, rows, cols int, x []float32, ld int, load bool) {
	checkMatrix("x", rows, cols, false, len(x), ld)
	dst = dst[:cols]
	if !load {
		clear(dst)
	}
	for i := range rows {
		Add32(dst, dst, x[i*ld:][:cols])
	}
}

func tree32(l *[lanes]float32) float32 {
	for w := lanes / 2; w > 0; w /= 2 {
		for i := range w {
			l[i] += l[i+w]
		}
	}
	return l[0]
}

func tree64(l *[lanes]float64) float64 {
	for w := lanes / 2; w > 0; w /= 2 {
		for i := range w {
			l[i] += l[i+w]
		}
	}
	return l[0]
}
