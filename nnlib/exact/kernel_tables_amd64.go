package exact

// The assembly of gemm by element type and instruction set.

var kernels32 = kernels[float32]{
	width: 8, rows: 6, rows3: 4, depth: 384, wide: [9]int{1: 8, 2: 4, 3: 4},
	tile: [7][9]tile[float32]{
		1: {1: tile32x1x1, 2: tile32x1x2, 3: tile32x1x3, 4: tile32x1x4, 8: tile32x1x8},
		2: {1: tile32x2x1, 2: tile32x2x2, 3: tile32x2x3, 4: tile32x2x4},
		3: {1: tile32x3x1, 2: tile32x3x2, 3: tile32x3x3, 4: tile32x3x4},
		4: {1: tile32x4x1, 2: tile32x4x2, 3: tile32x4x3},
		5: {1: tile32x5x1, 2: tile32x5x2},
		6: {1: tile32x6x1, 2: tile32x6x2},
	},
	copyRow: copies32, transpose: transposes32, narrow: narrow32,
}

var wideKernels32 = kernels[float32]{
	width: 16, shift: 4, rows: 12, depth: 512, wide: [9]int{1: 8, 2: 8, 3: 8, 4: 4, 5: 4, 6: 4},
	stack: [13][17]stack[float32]{
		1:  {1: wide32x1x1, 2: wide32x1x2, 3: wide32x1x3, 4: wide32x1x4, 8: wide32x1x8, 16: wide32x1x16},
		2:  {1: wide32x2x1, 2: wide32x2x2, 3: wide32x2x3, 4: wide32x2x4, 8: wide32x2x8, 16: wide32x2x16},
		3:  {1: wide32x3x1, 2: wide32x3x2, 3: wide32x3x3, 4: wide32x3x4, 8: wide32x3x8, 16: wide32x3x16},
		4:  {1: wide32x4x1, 2: wide32x4x2, 3: wide32x4x3, 4: wide32x4x4, 8: wide32x4x8},
		5:  {1: wide32x5x1, 2: wide32x5x2, 3: wide32x5x3, 4: wide32x5x4, 8: wide32x5x8},
		6:  {1: wide32x6x1, 2: wide32x6x2, 3: wide32x6x3, 4: wide32x6x4, 8: wide32x6x8},
		7:  {1: wide32x7x1, 2: wide32x7x2, 3: wide32x7x3, 4: wide32x7x4},
		8:  {1: wide32x8x1, 2: wide32x8x2, 3: wide32x8x3, 4: wide32x8x4},
		9:  {1: wide32x9x1, 2: wide32x9x2, 3: wide32x9x3, 4: wide32x9x4},
		10: {1: wide32x10x1, 2: wide32x10x2, 3: wide32x10x3, 4: wide32x10x4},
		11: {1: wide32x11x1, 2: wide32x11x2, 3: wide32x11x3, 4: wide32x11x4},
		12: {1: wide32x12x1, 2: wide32x12x2, 3: wide32x12x3, 4: wide32x12x4},
	},
	copyRow: copies32, transpose: transposes32, narrow: narrow32,
}

var (
	copies32     = [5]copier[float32]{1: copy32x1, 2: copy32x2, 3: copy32x3, 4: copy32x4}
	transposes32 = [9]copier[float32]{1: transpose32x1, 2: transpose32x2, 3: transpose32x3, 4: transpose32x4, 5: transpose32x5, 6: transpose32x6, 7: transpose32x7, 8: transpose32x8}
)

var kernels64 = kernels[float64]{
	width: 4, rows: 6, rows3: 4, depth: 384, wide: [9]int{1: 8, 2: 4, 3: 4},
	tile: [7][9]tile[float64]{
		1: {1: tile64x1x1, 2: tile64x1x2, 3: tile64x1x3, 4: tile64x1x4, 8: tile64x1x8},
		2: {1: tile64x2x1, 2: tile64x2x2, 3: tile64x2x3, 4: tile64x2x4},
		3: {1: tile64x3x1, 2: tile64x3x2, 3: tile64x3x3, 4: tile64x3x4},
		4: {1: tile64x4x1, 2: tile64x4x2, 3: tile64x4x3},
		5: {1: tile64x5x1, 2: tile64x5x2},
		6: {1: tile64x6x1, 2: tile64x6x2},
	},
	copyRow: copies64, transpose: transposes64, narrow: narrow64,
}

var wideKernels64 = kernels[float64]{
	width: 8, shift: 3, rows: 12, depth: 512, wide: [9]int{1: 8, 2: 8, 3: 8, 4: 4, 5: 4, 6: 4},
	stack: [13][17]stack[float64]{
		1:  {1: wide64x1x1, 2: wide64x1x2, 3: wide64x1x3, 4: wide64x1x4, 8: wide64x1x8, 16: wide64x1x16},
		2:  {1: wide64x2x1, 2: wide64x2x2, 3: wide64x2x3, 4: wide64x2x4, 8: wide64x2x8, 16: wide64x2x16},
		3:  {1: wide64x3x1, 2: wide64x3x2, 3: wide64x3x3, 4: wide64x3x4, 8: wide64x3x8, 16: wide64x3x16},
		4:  {1: wide64x4x1, 2: wide64x4x2, 3: wide64x4x3, 4: wide64x4x4, 8: wide64x4x8},
		5:  {1: wide64x5x1, 2: wide64x5x2, 3: wide64x5x3, 4: wide64x5x4, 8: wide64x5x8},
		6:  {1: wide64x6x1, 2: wide64x6x2, 3: wide64x6x3, 4: wide64x6x4, 8: wide64x6x8},
		7:  {1: wide64x7x1, 2: wide64x7x2, 3: wide64x7x3, 4: wide64x7x4},
		8:  {1: wide64x8x1, 2: wide64x8x2, 3: wide64x8x3, 4: wide64x8x4},
		9:  {1: wide64x9x1, 2: wide64x9x2, 3: wide64x9x3, 4: wide64x9x4},
		10: {1: wide64x10x1, 2: wide64x10x2, 3: wide64x10x3, 4: wide64x10x4},
		11: {1: wide64x11x1, 2: wide64x11x2, 3: wide64x11x3, 4: wide64x11x4},
		12: {1: wide64x12x1, 2: wide64x12x2, 3: wide64x12x3, 4: wide64x12x4},
	},
	copyRow: copies64, transpose: transposes64, narrow: narrow64,
}

var (
	copies64     = [5]copier[float64]{1: copy64x1, 2: copy64x2, 3: copy64x3, 4: copy64x4}
	transposes64 = [9]copier[float64]{1: transpose64x1, 2: transpose64x2, 3: transpose64x3, 4: transpose64x4, 5: transpose64x5, 6: transpose64x6, 7: transpose64x7, 8: transpose64x8}
)

var narrow32 = narrowTable[float32]{
	columns: 4, vectors: [5]int{1: 4, 2: 4, 3: 2, 4: 2},
	one:     [5]narrowKernel[float32]{1: narrow32x1x1, 2: narrow32x2x1, 3: narrow32x3x1, 4: narrow32x4x1},
	several: [5]narrowKernel[float32]{1: narrow32x1x4, 2: narrow32x2x4, 3: narrow32x3x2, 4: narrow32x4x2},
	down:    [5]narrowKernel[float32]{1: narrowDown32x1x1, 2: narrowDown32x2x1, 3: narrowDown32x3x1, 4: narrowDown32x4x1},
	downAll: [5]narrowKernel[float32]{1: narrowDown32x1x4, 2: narrowDown32x2x4, 3: narrowDown32x3x2, 4: narrowDown32x4x2},
}

var narrow64 = narrowTable[float64]{
	columns: 2, vectors: [5]int{1: 4, 2: 4},
	one:     [5]narrowKernel[float64]{1: narrow64x1x1, 2: narrow64x2x1},
	several: [5]narrowKernel[float64]{1: narrow64x1x4, 2: narrow64x2x4},
	down:    [5]narrowKernel[float64]{1: narrowDown64x1x1, 2: narrowDown64x2x1},
	downAll: [5]narrowKernel[float64]{1: narrowDown64x1x4, 2: narrowDown64x2x4},
}
