package rng

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// A RandomState draws what numpy.random.RandomState(seed), and the functions of
// numpy.random after numpy.random.seed(seed), draw. It is for one goroutine.
// Source: numpy/random/mtrand.pyx, src/mt19937/mt19937.c, src/distributions, src/legacy.
type RandomState struct {
	mt     mt19937
	spare  float64 // the second number of the last polar pair
	spared bool
}

// NewRandomState is numpy.random.RandomState(seed).
func NewRandomState(seed uint32) *RandomState {
	r := new(RandomState)
	r.Seed(seed)
	return r
}

// Seed is numpy.random.seed(seed).
func (r *RandomState) Seed(seed uint32) {
	r.mt.seed(seed)
	r.spared = false
}

// SeedArray is numpy.random.seed([...]).
func (r *RandomState) SeedArray(seed []uint32) {
	if len(seed) == 0 {
		panic(errors.New("rng: SeedArray wants at least one number"))
	}
	r.mt.seedArray(seed)
	r.spared = false
}

// MarshalBinary returns the generator's state, as numpy.random.get_state does.
func (r *RandomState) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, stateSize)
	for _, w := range r.mt.state {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(r.mt.at))
	b = binary.LittleEndian.AppendUint64(b, r.mt.words)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(r.spare))
	if r.spared {
		return append(b, 1), nil
	}
	return append(b, 0), nil
}

// stateSize is the length of what MarshalBinary returns.
const stateSize = 4*624 + 3*8 + 1

// UnmarshalBinary sets what MarshalBinary returned.
func (r *RandomState) UnmarshalBinary(b []byte) error {
	if len(b) != stateSize || binary.LittleEndian.Uint64(b[4*624:]) > 624 {
		return fmt.Errorf("rng: not the state of a RandomState: %d bytes", len(b))
	}
	for i := range r.mt.state {
		r.mt.state[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	rest := b[4*624:]
	r.mt.at = int(binary.LittleEndian.Uint64(rest))
	r.mt.words = binary.LittleEndian.Uint64(rest[8:])
	r.spare = math.Float64frombits(binary.LittleEndian.Uint64(rest[16:]))
	r.spared = rest[24] == 1
	return nil
}

// Words returns how many 32-bit words were taken so far.
func (r *RandomState) Words() uint64 { return r.mt.words }

// Uint32 returns the generator's next word, unchanged.
func (r *RandomState) Uint32() uint32 { return r.mt.uint32() }

// RandomSample is random_sample(), also known as rand() and random(): [0, 1).
func (r *RandomState) RandomSample() float64 {
	a, b := r.mt.uint32()>>5, r.mt.uint32()>>6
	return (float64(float64(a)*(1<<26)) + float64(b)) / (1 << 53)
}

// Uniform is uniform(low, high).
func (r *RandomState) Uniform(low, high float64) float64 {
	return low + float64((high-low)*r.RandomSample())
}

// RandInt is randint(low, high): an integer in [low, high). It panics if the range is empty.
func (r *RandomState) RandInt(low, high int64) int64 {
	if low >= high {
		panic(errors.New("rng: RandInt wants low < high"))
	}
	return low + int64(r.interval(uint64(high-low)-1))
}

// interval draws from [0, top] by masking and rejecting.
func (r *RandomState) interval(top uint64) uint64 {
	switch {
	case top == 0:
		return 0 // draws nothing, as NumPy does
	case top <= math.MaxUint32:
		mask := uint64(1)<<bits.Len64(top) - 1
		for {
			if v := uint64(r.mt.uint32()) & mask; v <= top {
				return v
			}
		}
	default:
		mask := ^uint64(0) >> bits.LeadingZeros64(top)
		for {
			high := uint64(r.mt.uint32()) << 32
			if v := (high | uint64(r.mt.uint32())) & mask; v <= top {
				return v
			}
		}
	}
}

// Shuffle is shuffle(x) for something of length n.
func (r *RandomState) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.interval(uint64(i))))
	}
}

// ShuffleInts is shuffle(x) for an index.
func (r *RandomState) ShuffleInts(x []int) {
	for i := len(x) - 1; i > 0; i-- {
		j := int(r.interval(uint64(i)))
		x[i], x[j] = x[j], x[i]
	}
}

// Permutation is permutation(n).
func (r *RandomState) Permutation(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	r.ShuffleInts(p)
	return p
}

// StandardNormal is standard_normal(), also known as randn(): Marsaglia's polar
// method. The logarithm is ours, so that 1 number in 2,000 differs in its last bits from
// NumPy's, which uses that of the machine's C library.
func (r *RandomState) StandardNormal() float64 {
	if r.spared {
		r.spared = false
		return r.spare
	}
	for {
		x1, x2 := float64(2*r.RandomSample())-1, float64(2*r.RandomSample())-1
		r2 := float64(x1*x1) + float64(x2*x2)
		if r2 < 1 && r2 != 0 {
			f := math.Sqrt(-2 * log(r2) / r2)
			r.spare, r.spared = f*x1, true
			return f * x2
		}
	}
}

// Normal is normal(mean, deviation).
func (r *RandomState) Normal(mean, deviation float64) float64 {
	return mean + float64(deviation*r.StandardNormal())
}
