package exact

import "math"

// Larger32 does dst = x where x > dst: after all rows of a maximum dst holds the first that is largest. A NaN stays when it is the first row's, as
// no comparison with it holds, and is passed over in the others.
func Larger32(dst, x []float32) {
	checkLengths("Larger32", len(dst), len(x))
	for i := larger32(dst, x); i < len(x); i++ {
		larger := uint32(0)
		if x[i] > dst[i] {
			larger = 1 // no jump, which would be guessed wrong every other time
		}
		bits := math.Float32bits(dst[i])
		bits ^= (bits ^ math.Float32bits(x[i])) & -larger
		dst[i] = math.Float32frombits(bits)
	}
}

// LargerGrad32 gives the gradient of a maximum to one row: where x has the bits of the maximum y it moves left, the gradient by y that no row has
// got yet, to dx. Called for the rows in their order, it finds the first that is largest.
func LargerGrad32(dx, left, x, y []float32) {
	checkLengths("LargerGrad32", len(dx), len(left), len(x), len(y))
	for i := largerGrad32(dx, left, x, y); i < len(x); i++ {
		if math.Float32bits(x[i]) == math.Float32bits(y[i]) {
			dx[i] += left[i]
			left[i] = 0
		}
	}
}
