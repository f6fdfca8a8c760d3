package dataframe

import (
	"math"
	"math/bits"
)

// factorize numbers the distinct rows of key columns in order of appearance:
// the code of each row, and the first row of each code. A row with a missing key
// has code -1, unless missing values count as a key of their own.
func factorize(keys []vector, keepMissing bool) (codes []int32, firsts []int) {
	codes, firsts = factorizeOne(keys[0], keepMissing)
	for _, v := range keys[1:] {
		more, moreFirsts := factorizeOne(v, keepMissing)
		codes, firsts = combineCodes(codes, more, len(moreFirsts))
	}
	return codes, firsts
}

func factorizeOne(v vector, keepMissing bool) ([]int32, []int) {
	var codes []int32
	var firsts []int
	switch v := v.(type) {
	case cells[string]:
		codes, firsts = factorizeText(v)
	case cells[int]:
		codes, firsts = factorizeInts(v)
	default:
		codes, firsts = factorizeBits(v)
	}
	if keepMissing {
		firsts = codeMissing(v, codes, firsts)
	}
	return codes, firsts
}

// codeMissing gives the missing rows a code in the place where the first of them
// appears, so that codes stay in order of appearance.
func codeMissing(v vector, codes []int32, firsts []int) []int {
	first := -1
	for i, c := range codes {
		if c < 0 {
			first = i
			break
		}
	}
	if first < 0 {
		return firsts
	}
	at := 0
	for at < len(firsts) && firsts[at] < first {
		at++
	}
	for i, c := range codes {
		switch {
		case c < 0:
			codes[i] = int32(at)
		case int(c) >= at:
			codes[i]++
		}
	}
	return append(firsts[:at:at], append([]int{first}, firsts[at:]...)...)
}

// combineCodes numbers the distinct pairs of two codes; b has nb of them.
func combineCodes(a, b []int32, nb int) ([]int32, []int) {
	out, seen := make([]int32, len(a)), newCodeTable(len(a))
	var firsts []int
	for i := range a {
		if a[i] < 0 || b[i] < 0 {
			out[i] = -1
			continue
		}
		out[i] = seen.code(uint64(a[i])*uint64(nb) + uint64(b[i]))
		if int(out[i]) == len(firsts) {
			firsts = append(firsts, i)
		}
	}
	return out, firsts
}

func factorizeText(v cells[string]) ([]int32, []int) {
	codes, seen := make([]int32, len(v)), map[string]int32{}
	var firsts []int
	for i, c := range v {
		if c.nan {
			codes[i] = -1
			continue
		}
		k, ok := seen[c.e]
		if !ok {
			k = int32(len(firsts))
			seen[c.e] = k
			firsts = append(firsts, i)
		}
		codes[i] = k
	}
	return codes, firsts
}

// factorizeInts uses a plain array when the keys are close together.
func factorizeInts(v cells[int]) ([]int32, []int) {
	low, high := intRange(v)
	width := high - low
	if width < 0 || width >= 4*len(v)+1024 {
		return factorizeBits(v)
	}
	table := make([]int32, width+1) // code + 1
	codes := make([]int32, len(v))
	var firsts []int
	for i, c := range v {
		if c.nan {
			codes[i] = -1
			continue
		}
		k := table[c.e-low]
		if k == 0 {
			firsts = append(firsts, i)
			k = int32(len(firsts))
			table[c.e-low] = k
		}
		codes[i] = k - 1
	}
	return codes, firsts
}

func intRange(v cells[int]) (low, high int) {
	low, high = math.MaxInt, math.MinInt
	for _, c := range v {
		if !c.nan {
			low, high = min(low, c.e), max(high, c.e)
		}
	}
	return low, high
}

func factorizeBits(v vector) ([]int32, []int) {
	codes, seen := make([]int32, v.size()), newCodeTable(v.size())
	var firsts []int
	for i := range codes {
		bits, ok := keyBits(v, i)
		if !ok {
			codes[i] = -1
			continue
		}
		codes[i] = seen.code(bits)
		if int(codes[i]) == len(firsts) {
			firsts = append(firsts, i)
		}
	}
	return codes, firsts
}

// keyBits tells keys apart: equal numbers have equal bits, so -0 counts as 0.
func keyBits(v vector, row int) (key uint64, ok bool) {
	switch v := v.(type) {
	case cells[float64]:
		c := v[row]
		return math.Float64bits(c.e + 0), !c.missing() // -0 + 0 is 0
	case cells[int]:
		return uint64(v[row].e), !v[row].nan
	case cells[bool]:
		return uint64(number(v[row].e)), !v[row].nan
	}
	return 0, false
}

// A codeTable numbers 64-bit keys in order of appearance: open addressing with
// linear probing, at most half full.
type codeTable struct {
	keys  []uint64
	codes []int32 // code + 1; 0 = free
	shift int
	count int32
}

func newCodeTable(expected int) *codeTable {
	size := 1 << max(4, bits.Len(uint(min(expected, 1<<16))))
	return &codeTable{keys: make([]uint64, size), codes: make([]int32, size), shift: 64 - bits.Len(uint(size-1))}
}

// code is the number of a key, a new one if it was not seen before.
func (t *codeTable) code(key uint64) int32 {
	at := t.slot(key)
	if t.codes[at] == 0 {
		if 2*int(t.count) >= len(t.keys) {
			t.grow()
			at = t.slot(key)
		}
		t.count++
		t.keys[at], t.codes[at] = key, t.count
	}
	return t.codes[at] - 1
}

// slot is where a key is or would be. The multiplier is 2^64 / golden ratio.
func (t *codeTable) slot(key uint64) int {
	at := int(key * 0x9E3779B97F4A7C15 >> t.shift)
	for t.codes[at] != 0 && t.keys[at] != key {
		at = (at + 1) & (len(t.keys) - 1)
	}
	return at
}

func (t *codeTable) grow() {
	old := *t
	size := 2 * len(old.keys)
	t.keys, t.codes, t.shift = make([]uint64, size), make([]int32, size), old.shift-1
	for i, c := range old.codes {
		if c != 0 {
			at := t.slot(old.keys[i])
			t.keys[at], t.codes[at] = old.keys[i], c
		}
	}
}
