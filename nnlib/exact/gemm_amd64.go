package exact

// tiles reports that matrix products run on assembly.
var tiles = vectors

// The kernels of small products.
var (
	shortKernels32 = &kernels32
	shortKernels64 = &kernels64
)

// use32 chooses the kernels; columns that do not fill a vector of 64 bytes are quicker in those of 32.
func use32(n int) *kernels[float32] {
	if wideVectors && n > wideKernels32.width {
		return &wideKernels32
	}
	return &kernels32
}

func use64(n int) *kernels[float64] {
	if wideVectors && n > wideKernels64.width {
		return &wideKernels64
	}
	return &kernels64
}
