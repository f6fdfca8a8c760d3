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

// ArgAxis64 is ReduceAxis64 for ArgMax64 and ArgMin64.
func ArgAxis64(dst []int, x []float64, outer, n, inner int, f func([]float64) int) {
	checkLengths("ArgAxis64", outer*n*inner, len(x))
	eachLine(x, outer, n, inner, func(i int, line []float64) { dst[i] = f(line) })
}

// eachLine visits the lines along the middle axis. Lines that are not contiguous are copied first, some side by side.
func eachLine[T float](x []T, outer, n, inner int, visit func(i int, line []T)) {
	if inner == 1 {
		for i := range outer {
			visit(i, x[i*n:][:n])
		}
		return
	}
	const abreast = 16
	w := &lazyWorkspace[T]{}
	defer w.end()
	lines := w.numbers(abreast * n)
	for o := range outer {
		for j := 0; j < inner; j += abreast {
			some := min(abreast, inner-j)
			for p := range n {
				for q, v := range x[(o*n+p)*inner+j:][:some] {
					lines[q*n+p] = v
				}
			}
			for q := range some {
				visit(o*inner+j+q, lines[q*n:][:n])
			}
		}
	}
}
