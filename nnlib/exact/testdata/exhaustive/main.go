// Command exhaustive writes f(x) for all 2^32 float32 x in the order of their bits, as little-endian float32, to standard output, and
// stops where the slice form of f differs from the scalar one: exhaustive function [step [compare]]. With compare it writes nothing.
// check_exhaustive.c reads the output; exhaustive.sh runs both.
package main

import (
	"bufio"
	"encoding/binary"
	"log"
	"math"
	"os"
	"strconv"

	"reprise/nnlib/exact"
)

type function struct {
	slices func(dst, x []float32)
	scalar func(x float32) float32 // checked against slices on each number
}

var functions = map[string]function{
	"exp": {exact.ExpTo, exact.Exp32}, "expm1": {exact.Expm1To, exact.Expm132}, "log": {exact.LogTo, exact.Log32}, "log1p": {exact.Log1pTo, exact.Log1p32},
	"tanh": {exact.TanhTo, exact.Tanh32}, "sigmoid": {exact.SigmoidTo, exact.Sigmoid32}, "softplus": {exact.SoftplusTo, exact.Softplus32},
	"erf": {exact.ErfTo, exact.Erf32}, "gelu": {exact.GeluTo, exact.Gelu32}, "sin": {exact.SinTo, exact.Sin32}, "cos": {exact.CosTo, exact.Cos32}, "sqrt": {exact.SqrtTo, nil},
}

func main() {
	f, ok := functions[os.Args[1]]
	if !ok {
		log.Fatalf("no function %q", os.Args[1])
	}
	step := uint64(1)
	if len(os.Args) > 2 { // a sample: every step-th block
		step, _ = strconv.ParseUint(os.Args[2], 10, 64)
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	const block = 1 << 14
	x, y, raw := make([]float32, block), make([]float32, block), make([]byte, 4*block)
	for base := uint64(0); base < 1<<32; base += block * step {
		for i := range x {
			x[i] = math.Float32frombits(uint32(base) + uint32(i))
		}
		f.slices(y, x)
		for i, v := range y {
			u := math.Float32bits(v)
			if f.scalar != nil {
				if s := f.scalar(x[i]); math.Float32bits(s) != u && (s == s || v == v) {
					log.Fatalf("%s(%x): the scalar function gives %x, the slices %x", os.Args[1], math.Float32bits(x[i]), math.Float32bits(s), u)
				}
			}
			binary.LittleEndian.PutUint32(raw[4*i:], u)
		}
		if len(os.Args) > 3 {
			continue
		}
		if _, err := out.Write(raw); err != nil {
			log.Fatal(err)
		}
	}
}
