package exact

// Transpose32 does dst = srcᵀ for a src of rows x cols, for a factor that many small products need so.
func Transpose32(dst, src []float32, rows, cols int) {
	checkLengths("Transpose32", len(dst), rows*cols)
	checkLengths("Transpose32", len(src), rows*cols)
	const band = 16 // rows whose elements fill a cache line of dst
	for i := 0; i < rows; i += band {
		for j := range cols {
			line := dst[j*rows+i:][:min(band, rows-i)]
			for k := range line {
				line[k] = src[(i+k)*cols+j]
			}
		}
	}
}
