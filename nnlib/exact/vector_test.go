package exact

import (
	"math"
	"math/rand"
	"runtime"
	"slices"
	"testing"
)

var functions32 = map[string]struct {
	scalar func(float32) float32
	slices func(dst, x []float32)
}{
	"exp": {Exp32, ExpTo}, "expm1": {Expm132, Expm1To}, "log": {Log32, LogTo}, "log1p": {Log1p32, Log1pTo}, "tanh": {Tanh32, TanhTo},
	"sigmoid": {Sigmoid32, SigmoidTo}, "softplus": {Softplus32, SoftplusTo}, "erf": {Erf32, ErfTo}, "gelu": {Gelu32, GeluTo},
	"sin": {Sin32, SinTo}, "cos": {Cos32, CosTo}, "sqrt": {Sqrt32, SqrtTo},
}

// The slices give the scalar function's bits for every kind of number, in place too.
func TestFunctionsOnSlices(t *testing.T) {
	r := random(t)
	for name, f := range functions32 {
		for _, n := range []int{0, 1, 7, 8, 9, 31, 33, 511, 512, 513, chunk, 5000} {
			x := mixed32(r, n)
			want, got := make([]float32, n), make([]float32, n)
			for i, v := range x {
				want[i] = f.scalar(v)
			}
			f.slices(got, x)
			sameBits(t, name, got, want)
			f.slices(x, x)
			sameBits(t, name+" in place", x, want)
		}
	}
}

// A slice long enough for workers has the scalar function's bits, with any number of them, in place too.
func TestFunctionsOnWorkers(t *testing.T) {
	x := mixed32(random(t), functionParallel+functionPiece+17)
	for name, f := range functions32 {
		want := make([]float32, len(x))
		for i, v := range x {
			want[i] = f.scalar(v)
		}
		for _, procs := range []int{1, 2, 7} {
			old := runtime.GOMAXPROCS(procs)
			got, on := make([]float32, len(x)), slices.Clone(x)
			f.slices(got, x)
			f.slices(on, on)
			runtime.GOMAXPROCS(old)
			sameBits(t, name, got, want)
			sameBits(t, name+" in place", on, want)
		}
	}
}

// Where the kernels are sure of nothing, or of all but one element, the scalar function's bits come too.
func TestAllInDoubt(t *testing.T) {
	for name, f := range functions32 {
		for _, v := range []float32{float32(math.NaN()), 0x1p-140, -0x1p-140, 100, -100, float32(math.Inf(1)), float32(math.Inf(-1)), 0, float32(math.Copysign(0, -1))} {
			for _, n := range []int{9, chunk - 1, chunk, chunk + 17} {
				x, want, got := make([]float32, n), make([]float32, n), make([]float32, n)
				for i := range x {
					x[i], want[i] = v, f.scalar(v)
				}
				x[n/2] = 0.75
				want[n/2] = f.scalar(0.75)
				f.slices(got, x)
				sameBits(t, name, got, want)
			}
		}
	}
}

// mixed32 draws ordinary numbers, any bits, and small multiples of 2^-24, which lie on midpoints of sigmoid.
func mixed32(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		switch r.Intn(4) {
		case 0:
			x[i] = math.Float32frombits(r.Uint32())
		case 1:
			x[i] = float32(r.Intn(4000)-2000) * 0x1p-24
		default:
			x[i] = float32(r.NormFloat64() * math.Pow(2, r.NormFloat64()*3))
		}
	}
	return x
}

func sameBits(t *testing.T, name string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && !(got[i] != got[i] && want[i] != want[i]) {
			t.Fatalf("%s: element %d is %x, want %x", name, i, math.Float32bits(got[i]), math.Float32bits(want[i]))
		}
	}
}
