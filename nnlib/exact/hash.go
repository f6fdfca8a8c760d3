package exact

import (
	"math"
	"math/bits"
	"unsafe"
)

// Odd constants of the fold, one for each lane (wyhash's, Wang Yi 2019).
const (
	fold0 = 0xa0761d6478bd642f
	fold1 = 0xe7037ed1a0b428db
	fold2 = 0x8ebc6af09c88c6e3
	fold3 = 0x589965cc75374cc3
)

// Fold mixes one word into a running hash: the two halves of the 128-bit product.
func Fold(hash, word uint64) uint64 { return fold(hash^fold0, word^fold1) }

func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// Hash32 is a 64-bit hash of the bits of x, the same on every machine and in every
// process. +0 and -0 differ, all NaNs are one. It tells tensors apart and withstands
// no attack.
func Hash32(x []float32) uint64 {
	h, nan := hashBits(unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(x))), len(x)))
	if !nan {
		return h
	}
	clean := make([]uint32, len(x))
	for i, v := range x {
		clean[i] = math.Float32bits(canonical32(v))
	}
	h, _ = hashBits(clean)
	return h
}

// hashBits hashes float32s and reports whether one of them is a NaN. Two of them are one word,
// the first one below; eight in a round, in four lanes that do not wait for each other.
func hashBits(w []uint32) (hash uint64, nan bool) {
	// A float32 without its sign is a NaN from 7f800001 on: this sum carries into the sign's place.
	const unsigned, carry, signs = 0x7fffffff7fffffff, 0x007fffff007fffff, 0x8000000080000000
	n := uint64(len(w))
	a, b, c, d, nans := uint64(fold0), uint64(fold1), uint64(fold2), uint64(fold3), uint64(0)
	for len(w) >= 16 {
		e := (*[16]uint32)(w)
		p, q, r, s := pair(e[0], e[1]), pair(e[2], e[3]), pair(e[4], e[5]), pair(e[6], e[7])
		t, u, v, x := pair(e[8], e[9]), pair(e[10], e[11]), pair(e[12], e[13]), pair(e[14], e[15])
		nans |= (p&unsigned + carry) | (q&unsigned + carry) | (r&unsigned + carry) | (s&unsigned + carry)
		nans |= (t&unsigned + carry) | (u&unsigned + carry) | (v&unsigned + carry) | (x&unsigned + carry)
		a, b, c, d = fold(p^fold0, q^a), fold(r^fold1, s^b), fold(t^fold2, u^c), fold(v^fold3, x^d)
		w = w[16:]
	}
	for _, v := range w {
		nans |= uint64(v)&unsigned + carry
		a = fold(uint64(v)^fold0, a^fold1)
	}
	return fold(a^b^n, c^d^fold3) ^ fold(a^fold2, b^d), nans&signs != 0
}

func pair(low, high uint32) uint64 { return uint64(low) | uint64(high)<<32 }
