package exact

import "math"

// FMA32 returns a*b + c rounded once to float32, on every machine.
// The product of two float32 is exact in float64, so one float64 addition and the rounding to float32 are right unless the sum
// falls on a midpoint of two float32 or in the subnormal range; there the discarded part of the sum decides.
// float32(math.FMA(float64(a), float64(b), float64(c))) would be wrong: it rounds twice.
func FMA32(a, b, c float32) float32 {
	p := float64(float64(a) * float64(b)) // exact: 24+24 bits
	s := p + float64(c)
	u := math.Float64bits(s)
	if u&midMask != midBits && u<<1 >= minNormal32<<1 {
		return float32(s)
	}
	return fma32Slow(p, float64(c), s)
}

const (
	midMask     = 1<<29 - 1              // the bits of a float64 below the last bit of a float32
	midBits     = 1 << 28                // those bits at a midpoint of two float32
	minNormal32 = uint64(1023-126) << 52 // 2^-126, the smallest normal float32
)

//go:noinline
func fma32Slow(p, c, s float64) float32 {
	if s == 0 || math.IsInf(s, 0) || s != s {
		return float32(s)
	}
	return float32(toOdd(s, sumError(p, c, s)))
}

// sumError returns the exact a + b - s for s = a + b rounded (Knuth's TwoSum).
func sumError(a, b, s float64) float64 {
	bb := s - a
	return (a - (s - bb)) + (b - bb)
}

// toOdd moves s, the sum hi+lo rounded to nearest with error e, to the neighbour whose last bit is odd when e is not zero.
// A later rounding to a narrower format is then the rounding of the exact sum.
func toOdd(s, e float64) float64 {
	u := math.Float64bits(s)
	if e == 0 || u&1 == 1 {
		return s
	}
	if (e > 0) == (s > 0) {
		return math.Float64frombits(u + 1)
	}
	return math.Float64frombits(u - 1)
}
