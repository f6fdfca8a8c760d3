package rng

import (
	"errors"
	"math/bits"
)

// A Generator draws what numpy.random.default_rng(seed), which is
// Generator(PCG64(seed)), draws. It is for one goroutine.
// Source: numpy/random/_generator.pyx, bit_generator.pyx, src/pcg64.
type Generator struct {
	hi, lo       uint64 // the 128-bit state
	incHi, incLo uint64
	spare        uint32 // the upper half of a word of which the lower was taken
	spared       bool
	words        uint64
}

// NewGenerator is numpy.random.default_rng(seed).
func NewGenerator(seed uint64) *Generator {
	v := seedSequence(seed)
	g := &Generator{incHi: v[2]<<1 | v[3]>>63, incLo: v[3]<<1 | 1}
	g.step()
	var carry uint64
	g.lo, carry = bits.Add64(g.lo, v[1], 0)
	g.hi, _ = bits.Add64(g.hi, v[0], carry)
	g.step()
	return g
}

// Words returns how many 32-bit words were taken so far.
func (g *Generator) Words() uint64 { return g.words }

// Uint64 returns the generator's next word, unchanged: PCG XSL-RR 128/64.
func (g *Generator) Uint64() uint64 {
	g.step()
	g.words += 2
	return bits.RotateLeft64(g.hi^g.lo, -int(g.hi>>58))
}

func (g *Generator) step() {
	const multHi, multLo = 2549297995355413924, 4865540595714422341
	h, l := bits.Mul64(g.lo, multLo)
	h += g.hi*multLo + g.lo*multHi
	var carry uint64
	g.lo, carry = bits.Add64(l, g.incLo, 0)
	g.hi, _ = bits.Add64(h, g.incHi, carry)
}

// Random is random(): [0, 1).
func (g *Generator) Random() float64 { return float64(g.Uint64()>>11) * 0x1p-53 }

// Uniform is uniform(low, high).
func (g *Generator) Uniform(low, high float64) float64 {
	return low + float64((high-low)*g.Random())
}

// Integers is integers(low, high): an integer in [low, high). It panics if the range is empty.
func (g *Generator) Integers(low, high int64) int64 {
	if low >= high {
		panic(errors.New("rng: Integers wants low < high"))
	}
	n := uint64(high - low)
	switch {
	case n == 1:
		return low // draws nothing, as NumPy does
	case n < 1<<32:
		return low + int64(g.below32(uint32(n)))
	case n == 1<<32:
		return low + int64(g.uint32())
	default:
		return low + int64(g.below64(n))
	}
}

// uint32 takes half a word, the lower half first.
func (g *Generator) uint32() uint32 {
	if g.spared {
		g.spared = false
		return g.spare
	}
	v := g.Uint64()
	g.spared, g.spare = true, uint32(v>>32)
	return uint32(v)
}

func (g *Generator) below32(n uint32) uint32 {
	high, low := bits.Mul32(g.uint32(), n)
	if low < n {
		for reject := -n % n; low < reject; {
			high, low = bits.Mul32(g.uint32(), n)
		}
	}
	return high
}

func (g *Generator) below64(n uint64) uint64 {
	high, low := bits.Mul64(g.Uint64(), n)
	if low < n {
		for reject := -n % n; low < reject; {
			high, low = bits.Mul64(g.Uint64(), n)
		}
	}
	return high
}

// Permutation is permutation(n).
func (g *Generator) Permutation(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	g.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle is shuffle(x) for something of length n.
func (g *Generator) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, int(g.interval(uint64(i))))
	}
}

// interval draws from [0, top] by masking and rejecting, on 32-bit words where they suffice.
func (g *Generator) interval(top uint64) uint64 {
	mask := ^uint64(0) >> bits.LeadingZeros64(top)
	for {
		v := uint64(0)
		if top < 1<<32 {
			v = uint64(g.uint32())
		} else {
			v = g.Uint64()
		}
		if v &= mask; v <= top {
			return v
		}
	}
}

// seedSequence is numpy.random.SeedSequence(seed).generate_state(4, uint64).
func seedSequence(seed uint64) [4]uint64 {
	entropy := []uint32{uint32(seed)}
	if seed > 1<<32-1 {
		entropy = append(entropy, uint32(seed>>32))
	}
	pool := seedPool(entropy)
	var out [4]uint64
	hash := uint32(0x8b51f9dd)
	for i := range 8 {
		v := pool[i%4] ^ hash
		hash *= 0x58f38ded
		v *= hash
		out[i/2] |= uint64(v^v>>16) << (32 * (i % 2))
	}
	return out
}

// seedPool mixes at most four words of entropy into a pool of four.
func seedPool(entropy []uint32) (pool [4]uint32) {
	hash := uint32(0x43b0d7e5)
	hashed := func(v uint32) uint32 {
		v ^= hash
		hash *= 0x931e8875
		v *= hash
		return v ^ v>>16
	}
	for i := range pool {
		if i < len(entropy) {
			pool[i] = hashed(entropy[i])
		} else {
			pool[i] = hashed(0)
		}
	}
	for s := range pool {
		for d := range pool {
			if s != d {
				r := 0xca01f9dd*pool[d] - 0x4973f715*hashed(pool[s])
				pool[d] = r ^ r>>16
			}
		}
	}
	return pool
}
