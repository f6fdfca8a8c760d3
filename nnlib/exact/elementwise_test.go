package exact

import (
	"math"
	"runtime"
	"slices"
	"testing"
)

// The vector loops against one expression per element, for every length and special values, float32 and float64.
func TestElementwise(t *testing.T) {
	r := random(t)
	for n := range 70 {
		x, y := mixed32(r, n), mixed32(r, n)
		z, even := mixed32(r, n), slices.Clone(x)
		for i := 1; i < n; i += 2 {
			even[i] = math.Float32frombits(math.Float32bits(x[i]) ^ 1)
		}
		x8, y8 := widen(x), widen(y)
		none := func([]float64) {} // in float32 alone
		loops := map[string]struct {
			f32  func(dst []float32)
			f64  func(dst []float64)
			want func(i int) (float32, float64)
		}{
			"Add": {func(d []float32) { Add32(d, x, y) }, func(d []float64) { Add64(d, x8, y8) }, func(i int) (float32, float64) { return x[i] + y[i], x8[i] + y8[i] }},
			"Sub": {func(d []float32) { Sub32(d, x, y) }, func(d []float64) { Sub64(d, x8, y8) }, func(i int) (float32, float64) { return x[i] - y[i], x8[i] - y8[i] }},
			"Mul": {func(d []float32) { Mul32(d, x, y) }, func(d []float64) { Mul64(d, x8, y8) }, func(i int) (float32, float64) { return x[i] * y[i], x8[i] * y8[i] }},
			"Div": {func(d []float32) { Div32(d, x, y) }, func(d []float64) { Div64(d, x8, y8) }, func(i int) (float32, float64) { return x[i] / y[i], x8[i] / y8[i] }},
			"Axpy": {func(d []float32) { copy(d, y); Axpy32(1.1, x, d) }, func(d []float64) { copy(d, y8); Axpy64(1.1, x8, d) },
				func(i int) (float32, float64) { return y[i] + float32(1.1*x[i]), y8[i] + float64(1.1*x8[i]) }},
			"Scale": {func(d []float32) { Scale32(d, 1.1, x) }, func(d []float64) { Scale64(d, 1.1, x8) }, func(i int) (float32, float64) { return 1.1 * x[i], 1.1 * x8[i] }},
			"Relu":  {func(d []float32) { Relu32(d, x) }, func(d []float64) { Relu64(d, x8) }, func(i int) (float32, float64) { return reluOf(x[i]), float64(reluOf64(x8[i])) }},
			"Larger": {func(d []float32) { copy(d, y); Larger32(d, x) }, none, func(i int) (float32, float64) {
				if x[i] > y[i] {
					return x[i], 0
				}
				return y[i], 0
			}},
			"LargerGrad": {func(d []float32) { copy(d, z); LargerGrad32(d, slices.Clone(y), x, even) }, none, func(i int) (float32, float64) {
				if i%2 == 0 {
					return z[i] + y[i], 0
				}
				return z[i], 0
			}},
			"LargerGrad's rest": {func(d []float32) { copy(d, y); LargerGrad32(slices.Clone(z), d, x, even) }, none, func(i int) (float32, float64) {
				if i%2 == 0 {
					return 0, 0
				}
				return y[i], 0
			}},
			"SigmoidGrad": {func(d []float32) { SigmoidGrad32(d, x, y) }, none, func(i int) (float32, float64) { return y[i] * (x[i] * (1 - x[i])), 0 }},
			"TanhGrad":    {func(d []float32) { TanhGrad32(d, x, y) }, none, func(i int) (float32, float64) { return y[i] * (1 - float32(x[i]*x[i])), 0 }},
			"AddProducts": {func(d []float32) { copy(d, x); AddProducts32(d, d, y, y, z) }, none,
				func(i int) (float32, float64) { return float32(x[i]*y[i]) + float32(y[i]*z[i]), 0 }},
			"ReluGrad": {func(d []float32) { ReluGrad32(d, x, y) }, func(d []float64) { ReluGrad64(d, x8, y8) }, func(i int) (float32, float64) {
				if x[i] > 0 {
					return y[i], y8[i]
				}
				return 0, 0
			}},
		}
		for name, l := range loops {
			d, d8 := make([]float32, n), make([]float64, n)
			l.f32(d)
			l.f64(d8)
			for i := range n {
				want, want8 := l.want(i)
				if !same(float64(d[i]), float64(want)) || !same(d8[i], want8) {
					t.Fatalf("%s: element %d of %d is %v and %v, want %v and %v", name, i, n, d[i], d8[i], want, want8)
				}
			}
		}
	}
}

func reluOf(x float32) float32 { return float32(reluOf64(float64(x))) }

func reluOf64(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x
}

func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

func TestAdamAgainstFormula(t *testing.T) {
	old := runtime.GOMAXPROCS(3)
	defer runtime.GOMAXPROCS(old)
	for _, n := range []int{100, 2*parallelWeights + 7} { // on this worker, on several
		adamAgainstFormula(t, n)
	}
}

func adamAgainstFormula(t *testing.T, n int) {
	r := random(t)
	w, m, v := normal32(r, n), make([]float32, n), make([]float32, n)
	w2, m2, v2 := append([]float32(nil), w...), make([]float32, n), make([]float32, n)
	p := AdamParams{Alpha: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7}
	for range 5 {
		g := normal32(r, n)
		Adam32(w, m, v, g, p)
		adam32Go(w2, m2, v2, g, p)
		sameBits(t, "w", w, w2)
		sameBits(t, "m", m, m2)
		sameBits(t, "v", v, v2)
	}
	if w[0] == w2[0] && w[0] == 0 {
		t.Error("nothing moved")
	}
}
