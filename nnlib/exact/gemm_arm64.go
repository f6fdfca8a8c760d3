package exact

import (
	"os"
	"unsafe"
)

// tiles reports that matrix products run on assembly: every arm64 has NEON and fused multiply-add.
var tiles = !switchedOff(os.Getenv("GODEBUG"), "cpu.all")

func use32() *kernels[float32] { return &kernels32 }

func use64() *kernels[float64] { return &kernels64 }

var kernels32 = kernels[float32]{
	width: 4, rows: 6, rows3: 4, depth: 384,
	tile: [7][9]tile[float32]{
		1: {1: neon32x1x1, 2: neon32x1x2, 3: neon32x1x3},
		2: {1: neon32x2x1, 2: neon32x2x2, 3: neon32x2x3},
		3: {1: neon32x3x1, 2: neon32x3x2, 3: neon32x3x3},
		4: {1: neon32x4x1, 2: neon32x4x2, 3: neon32x4x3},
		5: {1: neon32x5x1, 2: neon32x5x2},
		6: {1: neon32x6x1, 2: neon32x6x2},
	},
	copyRow: copiersOf[float32](), transpose: transposersOf[float32](),
}

var kernels64 = kernels[float64]{
	width: 2, rows: 6, rows3: 4, depth: 384,
	tile: [7][9]tile[float64]{
		1: {1: neon64x1x1, 2: neon64x1x2, 3: neon64x1x3},
		2: {1: neon64x2x1, 2: neon64x2x2, 3: neon64x2x3},
		3: {1: neon64x3x1, 2: neon64x3x2, 3: neon64x3x3},
		4: {1: neon64x4x1, 2: neon64x4x2, 3: neon64x4x3},
		5: {1: neon64x5x1, 2: neon64x5x2},
		6: {1: neon64x6x1, 2: neon64x6x2},
	},
	copyRow: copiersOf[float64](), transpose: transposersOf[float64](),
}

// copiersOf returns copies of rows of 1 to 4 pieces of 32 bytes.
func copiersOf[T float]() (c [5]copier[T]) {
	for pieces := 1; pieces < len(c); pieces++ {
		c[pieces] = func(n int, src *T, ld int, dst *T, step int) {
			count := pieces * 32 / int(unsafe.Sizeof(*src))
			for i := range n {
				copy(unsafe.Slice(at(dst, i*step), count), unsafe.Slice(at(src, i*ld), count))
			}
		}
	}
	return c
}

// transposersOf returns the copies of rows into columns; n counts pieces of 32 bytes.
func transposersOf[T float]() (c [9]copier[T]) {
	for rows := 1; rows < len(c); rows++ {
		c[rows] = func(n int, src *T, ld int, dst *T, step int) {
			size := int(unsafe.Sizeof(*src))
			for i := range rows {
				for p, x := range unsafe.Slice(at(src, i*ld), n*32/size) {
					*at(dst, p*step+i*size) = x
				}
			}
		}
	}
	return c
}
