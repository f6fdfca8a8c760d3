package rng

import (
	"errors"
	"math/bits"
)

// Python draws what Python's random module draws after random.seed(seed). It is
// for one goroutine. Source: Modules/_randommodule.c, Lib/random.py of CPython 3.11.
type Python struct{ mt mt19937 }

// NewPython is random.seed(seed); as in Python, the sign does not matter.
func NewPython(seed int64) *Python {
	u := uint64(seed)
	if seed < 0 {
		u = -u
	}
	key := []uint32{uint32(u)}
	if u>>32 != 0 {
		key = append(key, uint32(u>>32))
	}
	p := new(Python)
	p.mt.seedArray(key)
	return p
}

// Words returns how many 32-bit words were taken so far.
func (p *Python) Words() uint64 { return p.mt.words }

// Random is random.random(): [0, 1).
func (p *Python) Random() float64 {
	a, b := p.mt.uint32()>>5, p.mt.uint32()>>6
	return (float64(float64(a)*(1<<26)) + float64(b)) / (1 << 53)
}

// Randint is random.randint(low, high), both ends included, for ranges below 2^32.
func (p *Python) Randint(low, high int64) int64 {
	n := uint64(high-low) + 1
	if low > high || n > 1<<32-1 {
		panic(errors.New("rng: Randint wants low <= high, less than 2^32 apart"))
	}
	width := bits.Len64(n)
	for {
		if r := uint64(p.mt.uint32() >> (32 - width)); r < n {
			return low + int64(r)
		}
	}
}

// Skip takes n words.
func (p *Python) Skip(n uint64) {
	for range n {
		p.mt.uint32()
	}
}
