package npz

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A codec is one of NumPy's types of elements, without its byte order.
type codec struct {
	width int
	get   func(b []byte, o binary.ByteOrder) float64
	put   func(b []byte, v float64) // little-endian
}

var codecs = map[string]codec{
	"b1": {1, func(b []byte, _ binary.ByteOrder) float64 { return float64(min(b[0], 1)) }, func(b []byte, v float64) { b[0] = boolByte(v) }},
	"i1": {1, func(b []byte, _ binary.ByteOrder) float64 { return float64(int8(b[0])) }, func(b []byte, v float64) { b[0] = byte(int8(v)) }},
	"u1": {1, func(b []byte, _ binary.ByteOrder) float64 { return float64(b[0]) }, func(b []byte, v float64) { b[0] = byte(v) }},
	"i2": {2, func(b []byte, o binary.ByteOrder) float64 { return float64(int16(o.Uint16(b))) }, put16(func(v float64) uint16 { return uint16(int16(v)) })},
	"u2": {2, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint16(b)) }, put16(func(v float64) uint16 { return uint16(v) })},
	"f2": {2, func(b []byte, o binary.ByteOrder) float64 { return Half(o.Uint16(b)) }, nil},
	"i4": {4, func(b []byte, o binary.ByteOrder) float64 { return float64(int32(o.Uint32(b))) }, put32(func(v float64) uint32 { return uint32(int32(v)) })},
	"u4": {4, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint32(b)) }, put32(func(v float64) uint32 { return uint32(v) })},
	"f4": {4, func(b []byte, o binary.ByteOrder) float64 { return float64(math.Float32frombits(o.Uint32(b))) }, put32(func(v float64) uint32 { return math.Float32bits(float32(v)) })},
	"i8": {8, func(b []byte, o binary.ByteOrder) float64 { return float64(int64(o.Uint64(b))) }, put64(func(v float64) uint64 { return uint64(int64(v)) })},
	"u8": {8, func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint64(b)) }, put64(func(v float64) uint64 { return uint64(v) })},
	"f8": {8, func(b []byte, o binary.ByteOrder) float64 { return math.Float64frombits(o.Uint64(b)) }, put64(math.Float64bits)},
}

func put16(bits func(float64) uint16) func([]byte, float64) {
	return func(b []byte, v float64) { binary.LittleEndian.PutUint16(b, bits(v)) }
}

func put32(bits func(float64) uint32) func([]byte, float64) {
	return func(b []byte, v float64) { binary.LittleEndian.PutUint32(b, bits(v)) }
}

func put64(bits func(float64) uint64) func([]byte, float64) {
	return func(b []byte, v float64) { binary.LittleEndian.PutUint64(b, bits(v)) }
}

func boolByte(v float64) byte {
	if v != 0 {
		return 1
	}
	return 0
}

// codecOf understands "<f4", ">i8", "|b1" and "=f8".
func codecOf(dtype string) (codec, binary.ByteOrder, error) {
	if len(dtype) != 3 {
		return codec{}, nil, fmt.Errorf("its type %q is not one of numbers; save it as float32, float64, an integer or bool", dtype)
	}
	c, ok := codecs[dtype[1:]]
	if !ok {
		return codec{}, nil, fmt.Errorf("its type %q is not known; save it as float32, float64, an integer or bool", dtype)
	}
	switch dtype[0] {
	case '>':
		return c, binary.BigEndian, nil
	case '<', '|', '=':
		return c, binary.LittleEndian, nil
	}
	return codec{}, nil, fmt.Errorf("its type %q has no known byte order", dtype)
}

// Half returns the number that the bits of an IEEE 754 binary16 stand for.
func Half(h uint16) float64 {
	sign, exponent, fraction := 1.0, int(h>>10&31), float64(h&1023)
	if h>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 31:
		if fraction == 0 {
			return math.Inf(int(sign))
		}
		return math.NaN()
	}
	return sign * math.Ldexp(1024+fraction, exponent-25)
}
