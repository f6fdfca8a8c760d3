// Command accuracy writes samples of the float64 functions for ../check_accuracy.c: function, arguments and result, as bits. See ../accuracy.sh.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"

	"reprise/nnlib/exact"
)

var (
	samples = flag.Int("samples", 20000, "samples of each function")
	seed    = flag.Int64("seed", 1, "seed of the samples")
)

var ones = []struct {
	name   string
	f      func(float64) float64
	lo, hi float64 // of the evenly drawn arguments
}{
	{"exp", exact.Exp, -745, 710}, {"exp2", exact.Exp2, -1074, 1024}, {"expm1", exact.Expm1, -40, 710}, {"log", exact.Log, 0, 3}, {"log2", exact.Log2, 0, 3},
	{"log10", exact.Log10, 0, 3}, {"log1p", exact.Log1p, -1, 3}, {"sinh", exact.Sinh, -710, 710}, {"cosh", exact.Cosh, -710, 710}, {"tanh", exact.Tanh, -20, 20},
	{"asinh", exact.Asinh, -9, 9}, {"acosh", exact.Acosh, 1, 9}, {"atanh", exact.Atanh, -1, 1}, {"sin", exact.Sin, -1000, 1000}, {"cos", exact.Cos, -1000, 1000},
	{"tan", exact.Tan, -1000, 1000}, {"asin", exact.Asin, -1, 1}, {"acos", exact.Acos, -1, 1}, {"atan", exact.Atan, -9, 9}, {"cbrt", exact.Cbrt, -9, 9},
	{"sqrt", exact.Sqrt, 0, 9}, {"erf", exact.Erf, -6, 6}, {"erfc", exact.Erfc, -6, 27.2}, {"gamma", exact.Gamma, -170, 171}, {"lgamma", lgamma, -20, 300},
	{"j0", exact.J0, -60, 60}, {"j1", exact.J1, -60, 60}, {"y0", exact.Y0, 0, 60}, {"y1", exact.Y1, 0, 60}, {"sigmoid", exact.Sigmoid, -745, 40},
	{"softplus", exact.Softplus, -745, 60}, {"gelu", exact.Gelu, -38, 12},
}

var twos = []struct {
	name string
	f    func(a, b float64) float64
}{{"pow", exact.Pow}, {"atan2", exact.Atan2}, {"hypot", exact.Hypot}}

func lgamma(x float64) float64 {
	v, _ := exact.Lgamma(x)
	return v
}

func main() {
	flag.Parse()
	r := rand.New(rand.NewSource(*seed))
	out := bufio.NewWriter(os.Stdout)
	for _, f := range ones {
		for i := range *samples {
			x := draw(r, i, f.lo, f.hi)
			line(out, f.name, x, 0, f.f(x))
		}
	}
	for _, f := range twos {
		for i := range *samples {
			x, y := math.Abs(draw(r, i, -9, 9)), draw(r, i, -30, 30)
			line(out, f.name, x, y, f.f(x, y))
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// draw gives evenly spread, ordinary and small arguments in turn, inside of lo..hi.
func draw(r *rand.Rand, i int, lo, hi float64) float64 {
	x := lo + (hi-lo)*r.Float64()
	switch i % 4 {
	case 1:
		x = r.NormFloat64() * exact.Exp(2*r.NormFloat64())
	case 2:
		x = r.NormFloat64() * math.Ldexp(1, -r.Intn(60))
	}
	return min(max(x, lo), hi)
}

func line(out *bufio.Writer, name string, x, y, result float64) {
	if !math.IsInf(result, 0) && result == result {
		fmt.Fprintf(out, "%s %x %x %x\n", name, math.Float64bits(x), math.Float64bits(y), math.Float64bits(result))
	}
}
