package exact

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var writeDigests = flag.Bool("write-digests", false, "print the digests of this machine in the form of testdata/digests.txt")

// Every machine and build gives these digests: cross_test.go runs this test on the others.
func TestDigests(t *testing.T) {
	want := readDigests(t)
	suite := digestSuite()
	for _, name := range slices.Sorted(keysOf(suite)) {
		got := suite[name]()
		if *writeDigests {
			fmt.Println(name, got)
		} else if got != want[name] {
			t.Errorf("%s: digest %s, want %s", name, got, want[name])
		}
	}
	if len(suite) != len(want) && !*writeDigests {
		t.Errorf("%d digests are computed, %d are listed", len(suite), len(want))
	}
}

// The same on this machine without vector instructions, without FMA, and on one and two threads; the random tests too, on kernels that this
// machine would not choose.
func TestDigestsInEveryMode(t *testing.T) {
	for _, env := range []string{"GODEBUG=cpu.all=off", "GODEBUG=cpu.avx2=off", "GODEBUG=cpu.fma=off", "GODEBUG=cpu.avx512f=off", "GOMAXPROCS=1", "GOMAXPROCS=2", "GOMAXPROCS=7"} {
		cmd := exec.Command(os.Args[0], "-test.run=^(TestDigests|TestGemmAgainstScalarChains|TestFunctionsOnSlices|TestHardCases|TestElementwise)$", "-test.v", "-test.short",
			fmt.Sprintf("-seed=%d", *seed))
		cmd.Env = append(os.Environ(), env)
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Count(string(out), "--- PASS: Test") != 5 {
			t.Errorf("%s: %v\n%s", env, err, out)
		}
	}
}

//go:embed testdata/digests.txt
var digestFile string

func readDigests(t *testing.T) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(digestFile) {
		if name, digest, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			m[name] = digest
		}
	}
	if len(m) == 0 {
		t.Fatal("testdata/digests.txt lists no digest")
	}
	return m
}

func keysOf(m map[string]func() string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func digestSuite() map[string]func() string {
	suite := map[string]func() string{
		"gemm": digestGemm, "reductions": digestReductions, "softmax": digestSoftmax, "convolution": digestConvolution,
		"training-tanh": func() string { return digestTraining(TanhTo) }, "training-gelu": func() string { return digestTraining(GeluTo) },
		"pow32": digestPow32, "canary": func() string { return canary()[:24] },
	}
	for name, f := range functions32 {
		suite["float32-"+name] = func() string { return digestFloat32(f.slices) }
	}
	for name, f := range functions1 {
		suite["float64-"+name] = func() string { return digestFloat64(f) }
	}
	for _, name := range []string{"Pow", "Atan2", "Hypot"} {
		suite["float64-"+name] = func() string { return digestFloat64Pairs(functions2[name]) }
	}
	return suite
}

// A draw makes the same numbers everywhere: splitmix64 and exact conversions only.
type draw uint64

func (d *draw) bits() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit returns a number in [-1, 1).
func (d *draw) unit() float64 { return float64(int64(d.bits())>>11) * 0x1p-52 }

func (d *draw) slice32(n int, scale float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(d.unit()) * scale
	}
	return x
}

func hash32(x ...[]float32) string {
	h := sha256.New()
	for _, s := range x {
		s = slices.Clone(s)
		Canonical32(s)
		binary.Write(h, binary.LittleEndian, s)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func hash64(x []float64) string {
	h := sha256.New()
	Canonical64(x)
	binary.Write(h, binary.LittleEndian, x)
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func digestGemm() string {
	d := draw(1)
	var all [][]float32
	var all64 []float64
	for i, s := range [][3]int{{1, 1, 1}, {10, 10, 10}, {33, 17, 70}, {7, 64, 300}, {65, 31, 19}, {130, 70, 40}, {1, 200, 50}, {3, 40, 41}} {
		m, n, k := s[0], s[1], s[2]
		a, b, c := d.slice32(m*k, 2), d.slice32(k*n, 2), d.slice32(m*n, 2)
		ta, tb := i&1 == 1, i&2 == 2
		lda, ldb := k, n
		if ta {
			lda = m
		}
		if tb {
			ldb = k
		}
		a64, b64, c64 := widen(a), widen(b), widen(c)
		Gemm32(ta, tb, m, n, k, a, lda, b, ldb, c, n, i%3 == 0)
		Gemm64(ta, tb, m, n, k, a64, lda, b64, ldb, c64, n, i%3 == 0)
		all, all64 = append(all, c), append(all64, c64...)
	}
	return hash32(all...) + hash64(all64)
}

func digestReductions() string {
	d := draw(2)
	var out []float32
	var out64 []float64
	for _, n := range []int{0, 1, 15, 16, 17, 100, 1000, 4097} {
		x, y := d.slice32(n, 3), d.slice32(n, 3)
		x64 := widen(x)
		out = append(out, Sum32(x), Mean32(x), Var32(x), Norm32(x), Max32(x), Min32(x), float32(ArgMax32(x)))
		out64 = append(out64, Sum32To64(x), Dot32To64(x, y), Sum64(x64), Dot64(x64, widen(y)), Mean64(x64), Var64(x64), Norm64(x64))
	}
	return hash32(out) + hash64(out64)
}

func digestSoftmax() string {
	d := draw(3)
	x := d.slice32(20*33, 9)
	a, b, c := make([]float32, len(x)), make([]float32, len(x)), make([]float32, 20)
	Softmax32(a, x, 20, 33, 33)
	LogSoftmax32(b, x, 20, 33, 33)
	LogSumExp32(c, x, 20, 33, 33)
	return hash32(a, b, c)
}

func digestConvolution() string {
	d := draw(4)
	s := ConvShape{Batch: 2, Height: 9, Width: 8, Channels: 3, KernelH: 3, KernelW: 3, PadTop: 1, PadLeft: 1, OutH: 9, OutW: 8}
	x, kernel := d.slice32(2*9*8*3, 1), d.slice32(s.Cols()*5, 1)
	dst, cols := make([]float32, s.Rows()*5), make([]float32, s.Rows()*s.Cols())
	Conv2D32(dst, x, kernel, 5, s, cols, false)
	Col2Im32(x, cols, s)
	return hash32(dst, x)
}

func digestFloat32(f func(dst, x []float32)) string {
	d := draw(5)
	x := make([]float32, 20000)
	for i := range x {
		if i%2 == 0 {
			x[i] = math.Float32frombits(uint32(d.bits()))
		} else {
			x[i] = float32(d.unit()) * 20
		}
	}
	f(x, x)
	return hash32(x)
}

func digestPow32() string {
	d := draw(6)
	x := make([]float32, 2000)
	for i := range x {
		x[i] = Pow32(float32(d.unit()+1)*3, float32(d.unit())*9)
	}
	return hash32(x)
}

func digestFloat64(f func(float64) float64) string {
	d := draw(7)
	x := make([]float64, 400)
	for i := range x {
		switch i % 3 {
		case 0:
			x[i] = f(d.unit())
		case 1:
			x[i] = f(d.unit() * 40)
		default:
			x[i] = f(math.Float64frombits(d.bits()))
		}
	}
	return hash64(x)
}

func digestFloat64Pairs(f func(a, b float64) float64) string {
	d := draw(8)
	x := make([]float64, 400)
	for i := range x {
		x[i] = f(d.unit()+1, d.unit()*9)
	}
	return hash64(x)
}

// digestTraining trains 8-32-4 by Adam for 40 steps on mean squared error and hashes the weights.
func digestTraining(activation func(dst, x []float32)) string {
	const batch, in, hidden, out = 32, 8, 32, 4
	d := draw(9)
	x, y := d.slice32(batch*in, 1), d.slice32(batch*out, 1)
	w := [][]float32{d.slice32(in*hidden, 0.5), make([]float32, hidden), d.slice32(hidden*out, 0.5), make([]float32, out)}
	var g, m, v [][]float32
	for _, p := range w {
		g, m, v = append(g, make([]float32, len(p))), append(m, make([]float32, len(p))), append(v, make([]float32, len(p)))
	}
	h, p, dh := make([]float32, batch*hidden), make([]float32, batch*out), make([]float32, batch*hidden)
	for step := 1; step <= 40; step++ {
		SetRows32(h, batch, hidden, w[1])
		Gemm32(false, false, batch, hidden, in, x, in, w[0], hidden, h, hidden, true)
		activation(h, h)
		SetRows32(p, batch, out, w[3])
		Gemm32(false, false, batch, out, hidden, h, hidden, w[2], out, p, out, true)
		Sub32(p, p, y)
		Scale32(p, 2.0/(batch*out), p)
		Gemm32(true, false, hidden, out, batch, h, hidden, p, out, g[2], out, false)
		ColSum32(g[3], batch, out, p, out, false)
		Gemm32(false, true, batch, hidden, out, p, out, w[2], out, dh, hidden, false)
		for i, a := range h { // the derivative of tanh; for another activation just as good a number
			dh[i] *= 1 - float32(a*a)
		}
		Gemm32(true, false, in, hidden, batch, x, in, dh, hidden, g[0], hidden, false)
		ColSum32(g[1], batch, hidden, dh, hidden, false)
		alpha := float32(0.01 * math.Sqrt(1-Pow(0.999, float64(step))) / (1 - Pow(0.9, float64(step))))
		for i := range w {
			Adam32(w[i], m[i], v[i], g[i], AdamParams{Alpha: alpha, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7})
		}
	}
	return hash32(w...)
}
