package exact

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"
)

// hard32.txt lists the arguments whose results are within 2^-48 of a rounding boundary, found by testdata/exhaustive.sh over all 2^32, with MPFR's
// results.
//
//go:embed testdata/hard32.txt
var hardCases string

func TestHardCases(t *testing.T) {
	seen := map[string]int{}
	for line := range strings.Lines(hardCases) {
		w := strings.Fields(line)
		f := functions32[w[0]]
		x, want := parse32(t, w[1]), parse32(t, w[2])
		on := make([]float32, 8)
		f.slices(on, []float32{x, x, x, x, x, x, x, x})
		for _, got := range append(on, f.scalar(x)) {
			if math.Float32bits(got) != math.Float32bits(want) {
				t.Errorf("%s(%s) = %x, want %s", w[0], w[1], math.Float32bits(got), w[2])
			}
		}
		seen[w[0]]++
	}
	for name := range functions32 {
		if seen[name] < 20 {
			t.Errorf("%s: only %d hard cases", name, seen[name])
		}
	}
}

func parse32(t *testing.T, s string) float32 {
	u, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return math.Float32frombits(uint32(u))
}

// golden_pow32.txt was made by mpmath: testdata/golden_pow32.py.
//
//go:embed testdata/golden_pow32.txt
var powCases string

func TestPow32Golden(t *testing.T) {
	seen := 0
	for line := range strings.Lines(powCases) {
		w := strings.Fields(line)
		x, y, want := parse32(t, w[0]), parse32(t, w[1]), parse32(t, w[2])
		if got := Pow32(x, y); math.Float32bits(got) != math.Float32bits(want) {
			t.Errorf("Pow32(%v, %v) = %x, want %s", x, y, math.Float32bits(got), w[2])
		}
		on := []float32{x}
		PowTo(on, on, []float32{y})
		sameBits(t, "PowTo", on, []float32{want})
		seen++
	}
	if seen < 1000 {
		t.Errorf("only %d cases", seen)
	}
}
