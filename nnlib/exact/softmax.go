package exact

import "math"

// Softmax32 does dst = softmax of each row of the rows x cols matrix x; both have leading dimension ld. Per row: the maximum is
// subtracted, e^ of each difference rounded, summed in 16 float64 lanes, each divided by the sum rounded to float32.
func Softmax32(dst, x []float32, rows, cols, ld int) {
	checkMatrix("x", rows, cols, false, len(x), ld)
	checkMatrix("dst", rows, cols, false, len(dst), ld)
	for i := range rows {
		d, xi := dst[i*ld:][:cols], x[i*ld:][:cols]
		shift32(d, xi, Max32(xi))
		ExpTo(d, d)
		divide32(d, float32(Sum32To64(d)))
	}
}

// LogSumExp32 does dst[i] = ln Σ e^x[i,j] over the row of cols numbers: the maximum plus ln of the sum in float64.
func LogSumExp32(dst, x []float32, rows, cols, ld int) {
	checkMatrix("x", rows, cols, false, len(x), ld)
	w := &lazyWorkspace[float32]{}
	defer w.end()
	tmp := w.numbers(cols)
	for i := range rows {
		xi := x[i*ld:][:cols]
		top := Max32(xi)
		if math.IsInf(float64(top), 0) || top != top {
			dst[i] = top
			continue
		}
		shift32(tmp, xi, top)
		ExpTo(tmp, tmp)
		dst[i] = float32(float64(top) + Log(Sum32To64(tmp)))
	}
}

// LogSoftmax32 does dst = x - LogSumExp32(x), row by row: the maximum is subtracted first.
func LogSoftmax32(dst, x []float32, rows, cols, ld int) {
	checkMatrix("x", rows, cols, false, len(x), ld)
	checkMatrix("dst", rows, cols, false, len(dst), ld)
	w := &lazyWorkspace[float32]{}
	defer w.end()
	tmp := w.numbers(cols)
	for i := range rows {
		d, xi := dst[i*ld:][:cols], x[i*ld:][:cols]
		shift32(d, xi, Max32(xi))
		ExpTo(tmp, d)
		shift32(d, d, float32(Log(Sum32To64(tmp))))
	}
}

func shift32(dst, x []float32, by float32) {
	for i, v := range x {
		dst[i] = v - by
	}
}

func divide32(x []float32, by float32) {
	for i := range x {
		x[i] /= by
	}
}
