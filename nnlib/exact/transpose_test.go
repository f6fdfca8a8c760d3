package exact

import "testing"

func TestTranspose32(t *testing.T) {
	for _, size := range [][2]int{{0, 3}, {1, 1}, {1, 40}, {40, 1}, {16, 16}, {33, 47}} {
		rows, cols := size[0], size[1]
		src, dst := make([]float32, rows*cols), make([]float32, rows*cols)
		for i := range src {
			src[i] = float32(i + 1)
		}
		Transpose32(dst, src, rows, cols)
		for i := range rows {
			for j := range cols {
				if dst[j*rows+i] != src[i*cols+j] {
					t.Fatalf("%v: element (%d, %d) is %v", size, i, j, dst[j*rows+i])
				}
			}
		}
	}
}
