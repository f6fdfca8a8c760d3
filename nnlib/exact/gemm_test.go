package exact

import (
	"flag"
	"math"
	"math/rand"
	"runtime"
	"testing"
	"time"
)

var seed = flag.Int64("seed", time.Now().UnixNano(), "seed of the random tests")

func random(t *testing.T) *rand.Rand {
	t.Logf("repeat with -seed=%d", *seed)
	return rand.New(rand.NewSource(*seed))
}

// cases is the size of a test: an eighth with the race detector, which watches the same code in each case.
func cases(n int) int {
	if raceDetector {
		return n / 8
	}
	return n
}

// A shape is one random call of gemm with slack in every leading dimension.
type shape struct {
	ta, tb, load        bool
	m, n, k, la, lb, lc int
}

func drawShape(r *rand.Rand, big, tall bool) shape {
	side := func() int { return 1 + int(math.Exp(r.Float64()*4.4)) }
	s := shape{r.Intn(2) == 0, r.Intn(2) == 0, r.Intn(2) == 0, side(), side(), side() - 1, 0, 0, 0}
	if big {
		s.m, s.n, s.k = 100+r.Intn(200), 100+r.Intn(600), 200+r.Intn(500)
	}
	if big && raceDetector {
		s.m, s.n, s.k = 100+r.Intn(40), 100+r.Intn(40), 60+r.Intn(20)
	}
	if tall { // few columns, and rows enough for several workers
		s.m, s.n, s.k = 200+r.Intn(600), 1+r.Intn(12), 100+r.Intn(300)
	}
	s.la, s.lb, s.lc = s.k+r.Intn(3), s.n+r.Intn(3), s.n+r.Intn(3)
	if s.ta {
		s.la = s.m + r.Intn(3)
	}
	if s.tb {
		s.lb = s.k + r.Intn(3)
	}
	return s
}

// size returns how many elements a matrix of that shape needs, to the element, so that a read or write past its end is seen.
func size(rows, cols, ld int, trans bool) int {
	if trans {
		rows, cols = cols, rows
	}
	if rows == 0 || cols == 0 {
		return 0
	}
	return (rows-1)*ld + cols
}

// Every path against the scalar chains, bit for bit, on 1, 2, 3 and 7 threads.
func TestGemmAgainstScalarChains(t *testing.T) {
	r := random(t)
	old := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(old)
	runs := cases(400)
	if testing.Short() {
		runs = 60 // for emulators
	}
	defer setDepth(0)
	for i := range runs {
		s := drawShape(r, i%cases(100) == cases(100)-1, i%cases(40) == 0)
		setDepth([]int{0, 7, 64, 256}[r.Intn(4)])
		a, b, c := normal32(r, size(s.m, s.k, s.la, s.ta)), normal32(r, size(s.k, s.n, s.lb, s.tb)), normal32(r, size(s.m, s.n, s.lc, false))
		want := append([]float32(nil), c...)
		scalarChains(s, a, b, want)
		a64, b64, c64 := widen(a), widen(b), widen(c)
		want64 := append([]float64(nil), c64...)
		scalarChains64(s, a64, b64, want64)
		for _, procs := range []int{1, 2, 3, 7} {
			runtime.GOMAXPROCS(procs)
			got, got64 := append([]float32(nil), c...), append([]float64(nil), c64...)
			Gemm32(s.ta, s.tb, s.m, s.n, s.k, a, s.la, b, s.lb, got, s.lc, s.load)
			Gemm64(s.ta, s.tb, s.m, s.n, s.k, a64, s.la, b64, s.lb, got64, s.lc, s.load)
			for j := range want {
				if math.Float32bits(got[j]) != math.Float32bits(want[j]) || math.Float64bits(got64[j]) != math.Float64bits(want64[j]) {
					t.Fatalf("%+v on %d threads: element %d is %v and %v, want %v and %v", s, procs, j, got[j], got64[j], want[j], want64[j])
				}
			}
		}
	}
}

func scalarChains(s shape, a, b, c []float32) {
	for i := range s.m {
		for j := range s.n {
			acc := float32(0)
			if s.load {
				acc = c[i*s.lc+j]
			}
			for p := range s.k {
				acc = FMA32(a[index(s.ta, i, p, s.la)], b[index(s.tb, p, j, s.lb)], acc)
			}
			c[i*s.lc+j] = acc
		}
	}
}

func scalarChains64(s shape, a, b, c []float64) {
	for i := range s.m {
		for j := range s.n {
			acc := 0.0
			if s.load {
				acc = c[i*s.lc+j]
			}
			for p := range s.k {
				acc = math.FMA(a[index(s.ta, i, p, s.la)], b[index(s.tb, p, j, s.lb)], acc)
			}
			c[i*s.lc+j] = acc
		}
	}
}

func index(trans bool, i, j, ld int) int {
	if trans {
		i, j = j, i
	}
	return i*ld + j
}

func normal32(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func widen(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v) * 1.1
	}
	return y
}

// A row's result does not depend on the batch it travels in.
func TestGemmBatchInvariance(t *testing.T) {
	r := random(t)
	const m, n, k = 67, 133, 301
	a, b := normal32(r, m*k), normal32(r, k*n)
	batch, one := make([]float32, m*n), make([]float32, n)
	Gemm32(false, false, m, n, k, a, k, b, n, batch, n, false)
	for i := range m {
		Gemm32(false, false, 1, n, k, a[i*k:], k, b, n, one, n, false)
		for j, v := range one {
			if math.Float32bits(v) != math.Float32bits(batch[i*n+j]) {
				t.Fatalf("row %d alone differs at column %d", i, j)
			}
		}
	}
}

// The emulated fused multiply-add against math/big on cancellations, midpoints and subnormals is in fma_test.go; here the hardware's.
func TestKernelAgainstFMA32(t *testing.T) {
	r := random(t)
	for range cases(300000) {
		a, b, c := math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32())
		if r.Intn(2) == 0 { // near cancellation
			c = math.Float32frombits(math.Float32bits(-a*b) + uint32(r.Intn(5)))
		}
		got := []float32{c}
		Gemm32(false, false, 1, 1, 1, []float32{a}, 1, []float32{b}, 1, got, 1, true)
		want := FMA32(a, b, c)
		if math.Float32bits(got[0]) != math.Float32bits(want) && !(got[0] != got[0] && want != want) {
			t.Fatalf("fma(%x, %x, %x) = %x, want %x", a, b, c, got[0], want)
		}
	}
}
