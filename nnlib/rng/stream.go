package rng

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"math/rand"
	randv2 "math/rand/v2"
	"sync/atomic"
)

var (
	_                randv2.Source = (*Stream)(nil)
	_                rand.Source64 = (*Stream)(nil)
	errSeedOfAStream               = errors.New("rng: a named stream has no seed of its own; Reset the tree it grew from, or use another name")
)

// A Stream is a sequence of random numbers with a name, and beside it a plane of
// random numbers, At(i, j). The two never meet. A Stream is safe for use by
// several goroutines, but which of them then draws which number is chance.
//
// Both are Philox4x32-10: word n of the sequence is word n%4 of the block with
// the 64-bit counter n/4; At(i, j) is the block with the counter (i, j). Key and
// upper counter words, 128 bits for each, are the SHA-256 of seed and names.
type Stream struct {
	sequence, plane source
	next            atomic.Uint64 // words of the sequence taken
	drawn           *counter
}

// A source is a Philox key with the upper half of the counter fixed.
type source struct {
	key  [2]uint32
	high [2]uint32
}

func newStream(seed uint64, names []string, drawn *counter) *Stream {
	h := digest("stream", seed, names)
	word := func(i int) uint32 { return binary.LittleEndian.Uint32(h[4*i:]) }
	return &Stream{
		sequence: source{[2]uint32{word(0), word(1)}, [2]uint32{word(2), word(3)}},
		plane:    source{[2]uint32{word(4), word(5)}, [2]uint32{word(6), word(7)}},
		drawn:    drawn,
	}
}

// Position returns how many words of the sequence were taken.
func (s *Stream) Position() uint64 { return s.next.Load() }

func (s *source) block(c0, c1 uint32) [4]uint32 {
	return philox([4]uint32{c0, c1, s.high[0], s.high[1]}, s.key)
}

func (s *source) word(n uint64) uint32 {
	b := s.block(uint32(n>>2), uint32(n>>34))
	return b[n&3]
}

// At returns the four words of place (i, j): the same ones however often and in
// whatever order it is asked.
func (s *Stream) At(i, j uint32) [4]uint32 {
	s.drawn.Add(4)
	return s.plane.block(i, j)
}

// take reserves n words of the sequence and returns the number of the first. The ledger hears of it
// afterwards, so that a State which has not seen the new position is one from before the draw.
func (s *Stream) take(n uint64) uint64 {
	first := s.next.Add(n) - n
	s.drawn.Add(n)
	return first
}

// Uint32 returns the next word.
func (s *Stream) Uint32() uint32 { return s.sequence.word(s.take(1)) }

// Uint64 returns the next two words, the first one below.
func (s *Stream) Uint64() uint64 {
	n := s.take(2)
	return uint64(s.sequence.word(n)) | uint64(s.sequence.word(n+1))<<32
}

// Uint32s fills dst with the next words, four at the price of one.
func (s *Stream) Uint32s(dst []uint32) {
	n := s.take(uint64(len(dst)))
	for len(dst) > 0 {
		b := s.sequence.block(uint32(n>>2), uint32(n>>34))
		k := copy(dst, b[n&3:])
		dst, n = dst[k:], n+uint64(k)
	}
}

// Int63 makes a Stream a Source of math/rand.
func (s *Stream) Int63() int64 { return int64(s.Uint64() >> 1) }

// Seed makes a Stream a Source of math/rand; it panics, since a name is all the seed a stream has.
func (s *Stream) Seed(int64) { panic(errSeedOfAStream) }

// IntN returns an integer in [0, n), each equally likely (Lemire's method with
// rejection). It panics if n <= 0.
func (s *Stream) IntN(n int) int {
	if n <= 0 {
		panic(errors.New("rng: IntN wants n > 0"))
	}
	if uint64(n) <= 1<<32-1 {
		return int(s.below32(uint32(n)))
	}
	return int(s.below64(uint64(n)))
}

// IntNs fills dst with what as many calls of IntN(n) would return, at a fraction of the
// price. It panics if n is not in [1, 2^31).
func (s *Stream) IntNs(dst []int32, n int) {
	if n <= 0 || n > math.MaxInt32 {
		panic(fmt.Errorf("rng: IntNs wants n between 1 and %d, got %d", math.MaxInt32, n))
	}
	reject := -uint32(n) % uint32(n)
	var words [256]uint32
	for len(dst) > 0 { // words that are rejected leave places for another round
		w := words[:min(len(words), len(dst))]
		s.Uint32s(w)
		k := 0
		for _, x := range w {
			high, low := bits.Mul32(x, uint32(n))
			dst[k] = int32(high)
			if low >= reject {
				k++
			}
		}
		dst = dst[k:]
	}
}

func (s *Stream) below32(n uint32) uint32 {
	high, low := bits.Mul32(s.Uint32(), n)
	if low < n {
		for reject := -n % n; low < reject; {
			high, low = bits.Mul32(s.Uint32(), n)
		}
	}
	return high
}

func (s *Stream) below64(n uint64) uint64 {
	high, low := bits.Mul64(s.Uint64(), n)
	if low < n {
		for reject := -n % n; low < reject; {
			high, low = bits.Mul64(s.Uint64(), n)
		}
	}
	return high
}
