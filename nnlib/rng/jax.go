package rng

import (
	"math"
	"math/bits"
)

// A JAXKey is a key of jax.random with the threefry2x32 generator and
// jax_threefry_partitionable on, the default since JAX 0.5. Keys are values.
// Source: jax/_src/prng.py, random.py; the cipher is that of Random123.
type JAXKey [2]uint32

// NewJAXKey is jax.random.key(seed).
func NewJAXKey(seed uint64) JAXKey { return JAXKey{uint32(seed >> 32), uint32(seed)} }

// Split is jax.random.split(key, n).
func (k JAXKey) Split(n int) []JAXKey {
	keys := make([]JAXKey, n)
	for i := range keys {
		keys[i] = k.cipher(uint64(i))
	}
	return keys
}

// FoldIn is jax.random.fold_in(key, data).
func (k JAXKey) FoldIn(data uint32) JAXKey { return k.cipher(uint64(data)) }

// Bits fills dst as jax.random.bits(key, shape) does.
func (k JAXKey) Bits(dst []uint32) {
	for i := range dst {
		w := k.cipher(uint64(i))
		dst[i] = w[0] ^ w[1]
	}
}

// Uniform fills dst as jax.random.uniform(key, shape) does: float32 in [0, 1).
func (k JAXKey) Uniform(dst []float32) {
	for i := range dst {
		w := k.cipher(uint64(i))
		dst[i] = math.Float32frombits((w[0]^w[1])>>9|127<<23) - 1
	}
}

// cipher is Threefry-2x32 with 20 rounds on a 64-bit counter, its upper half first.
func (k JAXKey) cipher(counter uint64) JAXKey {
	schedule := [3]uint32{k[0], k[1], k[0] ^ k[1] ^ 0x1BD11BDA}
	rotations := [2][4]int{{13, 15, 26, 6}, {17, 29, 16, 24}}
	x := JAXKey{uint32(counter>>32) + schedule[0], uint32(counter) + schedule[1]}
	for i := range 5 {
		for _, r := range rotations[i%2] {
			x[0] += x[1]
			x[1] = bits.RotateLeft32(x[1], r) ^ x[0]
		}
		x[0] += schedule[(i+1)%3]
		x[1] += schedule[(i+2)%3] + uint32(i+1)
	}
	return x
}

// UniformRange fills dst as jax.random.uniform(key, shape, minval=low, maxval=high)
// does on a CPU, where XLA fuses the multiplication and the addition.
func (k JAXKey) UniformRange(dst []float32, low, high float32) {
	k.Uniform(dst)
	for i, u := range dst {
		dst[i] = max(low, fused(u, high-low, low))
	}
}

// fused is a·b+c rounded once. The product is exact in float64; where the sum, rounded
// to float64, lies in the middle of two float32, what was lost says which is nearer.
func fused(a, b, c float32) float32 {
	product, addend := float64(float64(a)*float64(b)), float64(c)
	sum := product + addend
	back := sum - product
	lost := (product - (sum - back)) + (addend - back)
	if lost != 0 && math.Float64bits(sum)&(1<<29-1) == 1<<28 {
		sum = math.Nextafter(sum, math.Copysign(math.Inf(1), lost))
	}
	return float32(sum)
}
