package dataframe

import (
	"math"
	"slices"
)

// argsort is the stable order of a column's rows; missing values come last, or
// first, whichever way the others go.
func argsort(v vector, down, missingFirst bool) []int {
	keys, missing := sortKeys(v, down)
	sorted := make([]int, 0, v.size())
	if missingFirst {
		sorted = append(sorted, missing...)
	}
	for _, k := range radixSort(keys) {
		sorted = append(sorted, int(k.row))
	}
	if !missingFirst {
		sorted = append(sorted, missing...)
	}
	return sorted
}

// A sortKey is a row and 64 bits that have the order of its value.
type sortKey struct {
	bits uint64
	row  int32
}

func sortKeys(v vector, down bool) (keys []sortKey, missing []int) {
	flip := uint64(0)
	if down {
		flip = math.MaxUint64
	}
	keys = make([]sortKey, 0, v.size())
	add := func(row int, present bool, bits uint64) {
		if !present {
			missing = append(missing, row)
			return
		}
		keys = append(keys, sortKey{bits ^ flip, int32(row)})
	}
	switch v := v.(type) {
	case cells[float64]:
		for i, c := range v {
			add(i, !c.missing(), orderBits(c.e))
		}
	case cells[int]:
		for i, c := range v {
			add(i, !c.nan, uint64(c.e)^1<<63)
		}
	case cells[bool]:
		for i, c := range v {
			add(i, !c.nan, uint64(number(c.e)))
		}
	case cells[string]:
		for i, rank := range textRanks(v) {
			add(i, rank >= 0, uint64(rank))
		}
	}
	return keys, missing
}

// textRanks numbers texts by their order, byte by byte; -1 is missing.
func textRanks(v cells[string]) []int32 {
	codes, firsts := factorizeText(v)
	order := make([]int, len(firsts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := v[firsts[a]].e, v[firsts[b]].e; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	rank := make([]int32, len(firsts))
	for place, k := range order {
		rank[k] = int32(place)
	}
	for i, k := range codes {
		if k >= 0 {
			codes[i] = rank[k]
		}
	}
	return codes
}

const radixBits = 11

// radixSort sorts by 11 bits at a time, lowest first; equal keys keep their order.
// Digits that all keys share are passed over.
func radixSort(keys []sortKey) []sortKey {
	const digits = (64 + radixBits - 1) / radixBits
	var counts [digits][1 << radixBits]int32
	for _, k := range keys {
		for d := range digits {
			counts[d][k.bits>>(d*radixBits)&(1<<radixBits-1)]++
		}
	}
	spare := make([]sortKey, len(keys))
	for d := range digits {
		if startsOf(&counts[d], len(keys)) {
			continue
		}
		at := &counts[d]
		for _, k := range keys {
			digit := k.bits >> (d * radixBits) & (1<<radixBits - 1)
			spare[at[digit]] = k
			at[digit]++
		}
		keys, spare = spare, keys
	}
	return keys
}

// startsOf turns counts into places; it is true if one digit has all n keys.
func startsOf(counts *[1 << radixBits]int32, n int) (single bool) {
	at := int32(0)
	for d, c := range counts {
		single = single || int(c) == n
		counts[d] = at
		at += c
	}
	return single
}
