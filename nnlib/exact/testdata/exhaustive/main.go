// Command exhaustive prints a hash of f(x) for all 2^32 float32 x in the order of their bits: exhaustive function [step [write]]. A step of n
// takes each n-th block of 16384 arguments. With write it writes the results, as little-endian float32, for ../check_exhaustive.c to compare.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"strconv"

	"reprise/nnlib/exact"
)

var functions = map[string]func(dst, x []float32){
	"exp": exact.ExpTo, "expm1": exact.Expm1To, "log": exact.LogTo, "log1p": exact.Log1pTo, "tanh": exact.TanhTo, "sigmoid": exact.SigmoidTo,
	"softplus": exact.SoftplusTo, "erf": exact.ErfTo, "gelu": exact.GeluTo, "sin": exact.SinTo, "cos": exact.CosTo, "sqrt": exact.SqrtTo,
}

func main() {
	if len(os.Args) < 2 || functions[os.Args[1]] == nil {
		log.Fatal("usage: exhaustive function [step [write]]")
	}
	step := uint64(1)
	if len(os.Args) > 2 {
		var err error
		if step, err = strconv.ParseUint(os.Args[2], 10, 32); err != nil || step == 0 {
			log.Fatalf("exhaustive: the step is %q, want a number from 1 on", os.Args[2])
		}
	}
	if len(os.Args) > 3 {
		write(functions[os.Args[1]], step)
		return
	}
	h, seen := uint64(0xcbf29ce484222325), 0
	each(functions[os.Args[1]], step, func(y []float32) {
		for _, v := range y {
			h = (h ^ uint64(bitsOf(v))) * 0x100000001b3
		}
		seen += len(y)
	})
	fmt.Printf("%s %016x %d values\n", os.Args[1], h, seen)
}

func write(f func(dst, x []float32), step uint64) {
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	each(f, step, func(y []float32) {
		for _, v := range y {
			if err := binary.Write(out, binary.LittleEndian, bitsOf(v)); err != nil {
				log.Fatal(err)
			}
		}
	})
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// each gives the results block by block.
func each(f func(dst, x []float32), step uint64, visit func(y []float32)) {
	const block = 1 << 14
	x, y := make([]float32, block), make([]float32, block)
	for base := uint64(0); base < 1<<32; base += block * step {
		for i := range x {
			x[i] = math.Float32frombits(uint32(base) + uint32(i))
		}
		f(y, x)
		visit(y)
	}
}

// bitsOf has one NaN only.
func bitsOf(v float32) uint32 {
	if v != v {
		return 0x7fc00000
	}
	return math.Float32bits(v)
}
