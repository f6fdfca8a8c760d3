package exact

// ReduceAxis32 reduces the middle axis of x, seen as outer x n x inner, into dst (outer x inner): each line of n numbers by f, which is
// Sum32, Mean32, Var32, Norm32, Max32 or Min32. A line has the same bits whichever axis it lies along.
func ReduceAxis32(dst, x []float32, outer, n, inner int, f func([]float32) float32) {
	checkLengths("ReduceAxis32", outer*n*inner, len(x))
	eachLine(x, outer, n, inner, func(i int, line []float32) { dst[i] = f(line) })
}

// ReduceAxis64 is ReduceAxis32 for float64.
func ReduceAxis64(dst, x []float64, outer, n, inner int, f func([]float64) float64) {
	checkLengths("ReduceAxis64", outer*n*inner, len(x))
	eachLine(x, outer, n, inner, func(i int, line []float64) { dst[i] = f(line) })
}

// ArgAxis32 is ReduceAxis32 for ArgMax32 and ArgMin32.
func ArgAxis32(dst []int, x []float32, outer, n, inner int, f func([]float32) int) {
	checkLengths("ArgAxis32", outer*n*inner, len(x))
	eachLine(x, outer, n, inner, func(i int, line []float32) { dst[i] = f(line) })
}

// eachLine visits the lines along the middle axis; a line that is not contiguous is copied first.
func eachLine[T float](x []T, outer, n, inner int, visit func(i int, line []T)) {
	if inner == 1 {
		for i := range outer {
			visit(i, x[i*n:][:n])
		}
		return
	}
	line := make([]T, n)
	for o := range outer {
		for j := range inner {
			for p := range line {
				line[p] = x[(o*n+p)*inner+j]
			}
			visit(o*inner+j, line)
		}
	}
}
