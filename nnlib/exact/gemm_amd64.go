package exact

// tiles reports that matrix products run on assembly.
var tiles = vectors

// use32 chooses the kernels: columns that leave much of a vector of 64 bytes empty are quicker in those of 32.
func use32(n int) *kernels[float32] {
	if wideVectors && fitsWide(n, wideKernels32.width) {
		return &wideKernels32
	}
	return &kernels32
}

func use64(n int) *kernels[float64] {
	if wideVectors && fitsWide(n, wideKernels64.width) {
		return &wideKernels64
	}
	return &kernels64
}

// fitsWide reports that n columns take no more passes in vectors of width than in two of half of it, or are many. One vector of
// 64 bytes is slower than two of 32: each number of A is loaded for fewer columns.
func fitsWide(n, width int) bool { return n > 4*width || (n-1)%width >= width/2 }
