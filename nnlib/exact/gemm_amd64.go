package exact

// tiles reports that matrix products run on assembly.
var tiles = vectors

// use32 chooses the kernels.
func use32() *kernels[float32] {
	if wideVectors {
		return &wideKernels32
	}
	return &kernels32
}

func use64() *kernels[float64] {
	if wideVectors {
		return &wideKernels64
	}
	return &kernels64
}
