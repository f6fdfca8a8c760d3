package nnlib

import (
	"encoding/binary"
	"math"
)

// pack64 returns the bits of numbers, which JSON keeps as they are.
func pack64(numbers []float64) []byte {
	out := make([]byte, 0, 8*len(numbers))
	for _, f := range numbers {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(f))
	}
	return out
}

func unpack64(packed []byte) []float64 {
	numbers := make([]float64, len(packed)/8)
	for i := range numbers {
		numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(packed[8*i:]))
	}
	return numbers
}

// packAll is pack64 for several lists of float32.
func packAll(lists [][]float32) [][]byte {
	var all [][]byte
	for _, list := range lists {
		out := make([]byte, 0, 4*len(list))
		for _, f := range list {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f))
		}
		all = append(all, out)
	}
	return all
}

func unpackAll(packed [][]byte) [][]float32 {
	var lists [][]float32
	for _, p := range packed {
		list := make([]float32, len(p)/4)
		for i := range list {
			list[i] = math.Float32frombits(binary.LittleEndian.Uint32(p[4*i:]))
		}
		lists = append(lists, list)
	}
	return lists
}

// packInts is pack64 for numbers of samples.
func packInts(numbers []int) []byte {
	out := make([]byte, 0, 8*len(numbers))
	for _, n := range numbers {
		out = binary.LittleEndian.AppendUint64(out, uint64(n))
	}
	return out
}

func unpackInts(packed []byte) []int {
	numbers := make([]int, len(packed)/8)
	for i := range numbers {
		numbers[i] = int(binary.LittleEndian.Uint64(packed[8*i:]))
	}
	return numbers
}
