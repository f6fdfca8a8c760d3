package exact

import (
	"fmt"
	"math"
)

// The sign and payload of a NaN differ between machines (amd64 makes ffc00000, arm64 7fc00000), so a NaN is made canonical
// before it is hashed, saved or printed.
const (
	nan32 = 0x7fc00000
	nan64 = 0x7ff8000000000000
)

// Canonical32 replaces each NaN in x by the canonical one (bits 7fc00000).
func Canonical32(x []float32) {
	for i, v := range x {
		x[i] = canonical32(v)
	}
}

// Canonical64 replaces each NaN in x by the canonical one (bits 7ff8000000000000).
func Canonical64(x []float64) {
	for i, v := range x {
		x[i] = canonical64(v)
	}
}

func canonical32(v float32) float32 {
	if v != v {
		return math.Float32frombits(nan32)
	}
	return v
}

func canonical64(v float64) float64 {
	if v != v {
		return math.Float64frombits(nan64)
	}
	return v
}

// ToInt converts x to an int the same way everywhere: toward zero, out of range to the nearest int, NaN to 0.
// A plain int(x) of such values differs between machines.
func ToInt(x float64) int {
	switch {
	case x != x:
		return 0
	case x >= math.MaxInt:
		return math.MaxInt
	case x <= math.MinInt:
		return math.MinInt
	}
	return int(x)
}

func checkLengths(name string, want int, got ...int) {
	for _, n := range got {
		if n != want {
			panic(fmt.Errorf("exact: %s wants slices of one length, got %d and %d", name, want, n))
		}
	}
}
