package exact_test

import (
	"math"
	"testing"

	"reprise/nnlib/exact"
)

// The hashes stand in ledgers, so they never change.
func TestHash32Golden(t *testing.T) {
	x := make([]float32, 1000)
	for i := range x {
		x[i] = float32(i) / 8
	}
	for n, want := range map[int]uint64{
		0: 0x1b509b5238614d65, 1: 0xa38a4621f01c7c2f, 15: 0x28f5d857e658f863,
		16: 0x5e14d2bcedf801b1, 17: 0x061fff9b54188a2c, 1000: 0x7fc13201f7042089,
	} {
		if got := exact.Hash32(x[:n]); got != want {
			t.Errorf("%d numbers: %#x, want %#x", n, got, want)
		}
	}
}

// Any other bit anywhere is another hash, and so is another length or order.
func TestHash32TellsApart(t *testing.T) {
	seen := map[uint64]string{}
	note := func(what string, x []float32) {
		h := exact.Hash32(x)
		if seen[h] != "" {
			t.Errorf("%s and %s have one hash", what, seen[h])
		}
		seen[h] = what
	}
	x := make([]float32, 50)
	for i := range x {
		x[i] = float32(i + 1)
	}
	note("as it is", x)
	for i := range x {
		for bit := range 32 {
			y := append([]float32(nil), x...)
			y[i] = math.Float32frombits(math.Float32bits(y[i]) ^ 1<<bit)
			if y[i] != y[i] {
				continue
			}
			note("flipped", y)
		}
		y := append([]float32(nil), x...)
		y[i], y[(i+1)%50] = y[(i+1)%50], y[i]
		note("swapped", y)
		note("short", x[:i])
		note("zeros", make([]float32, i+1))
	}
	if len(seen) < 1600 {
		t.Fatalf("%d cases", len(seen))
	}
}

// A NaN is a NaN, whatever machine made it, in every place; and it is not a number.
func TestHash32OfNaN(t *testing.T) {
	for _, n := range []int{1, 16, 40} {
		for i := range n {
			x := make([]float32, n)
			number := exact.Hash32(x)
			x[i] = math.Float32frombits(0x7fc00000)
			want := exact.Hash32(x)
			for _, bits := range []uint32{0xffc00000, 0x7f800001, 0xffffffff} {
				x[i] = math.Float32frombits(bits)
				if got := exact.Hash32(x); got != want || got == number {
					t.Fatalf("%x in place %d of %d: %#x, want %#x", bits, i, n, got, want)
				}
			}
			x[i] = float32(math.Inf(1))
			if exact.Hash32(x) == want {
				t.Fatal("infinity hashes as a NaN")
			}
		}
	}
}

func BenchmarkHash32(b *testing.B) {
	x := make([]float32, 1<<18)
	for i := range x {
		x[i] = float32(i)
	}
	b.SetBytes(int64(4 * len(x)))
	for b.Loop() {
		exact.Hash32(x)
	}
}
