package exact

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"sync"
)

// CanaryDigest is what Canary gives wherever the arithmetic keeps its contract. It
// changes only with the contract.
const CanaryDigest = "d98375ce324bb63f75a592b70b714cd93ad8e95621b8816d7aa3193d36f59dc7"

// Canary asks the arithmetic fixed questions, each kind of operation once on every path
// that this machine takes, and returns the SHA-256 of the bits of the answers in
// hexadecimal. Two machines whose canaries differ must not share an experiment. It takes about a
// millisecond, once.
var Canary = sync.OnceValue(canary)

func canary() string {
	c := &canaryBird{state: 1}
	c.products()
	c.elementary()
	c.reductions()
	c.step()
	h := sha256.Sum256(c.answers)
	return hex.EncodeToString(h[:])
}

// A canaryBird makes questions and keeps the bits of the answers, little-endian.
type canaryBird struct {
	state   uint64
	answers []byte
}

// next is one number of Knuth's linear congruential generator (MMIX), in [-4, 4).
func (c *canaryBird) next() float64 {
	c.state = c.state*6364136223846793005 + 1442695040888963407
	return float64(float64(c.state>>11)/(1<<50)) - 4
}

func (c *canaryBird) vector32(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(c.next())
	}
	return x
}

func (c *canaryBird) vector64(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = c.next()
	}
	return x
}

func (c *canaryBird) keep32(x ...float32) {
	for _, v := range x {
		c.answers = binary.LittleEndian.AppendUint32(c.answers, math.Float32bits(canonical32(v)))
	}
}

func (c *canaryBird) keep64(x ...float64) {
	for _, v := range x {
		c.answers = binary.LittleEndian.AppendUint64(c.answers, math.Float64bits(canonical64(v)))
	}
}

// products are matrices of odd and of large shapes, plain and transposed, and a convolution.
func (c *canaryBird) products() {
	for _, s := range [][3]int{{1, 1, 1}, {3, 5, 7}, {9, 10, 1}, {33, 17, 65}, {70, 96, 130}} {
		m, n, k := s[0], s[1], s[2]
		a, b := c.vector32(m*k), c.vector32(k*n)
		dst := make([]float32, m*n)
		Gemm32(false, false, m, n, k, a, k, b, n, dst, n, false)
		c.keep32(dst...)
		Gemm32(true, true, m, n, k, a, m, b, k, dst, n, true)
		c.keep32(dst...)
		wide := make([]float64, m*n)
		Gemm64(false, true, m, n, k, c.vector64(m*k), k, c.vector64(k*n), k, wide, n, false)
		c.keep64(wide...)
	}
	s := ConvShape{Batch: 2, Height: 7, Width: 6, Channels: 3, KernelH: 3, KernelW: 3, OutH: 5, OutW: 4}
	dst := make([]float32, s.Rows()*4)
	Conv2D32(dst, c.vector32(2*7*6*3), c.vector32(s.Cols()*4), 4, s, make([]float32, s.Rows()*s.Cols()), false)
	c.keep32(dst...)
}

// elementary asks every function, also outside its domain.
func (c *canaryBird) elementary() {
	x := c.vector32(67)
	dst := make([]float32, len(x))
	for _, f := range []func(dst, x []float32){ExpTo, Expm1To, LogTo, Log1pTo, TanhTo, SigmoidTo, SoftplusTo, ErfTo, GeluTo, SinTo, CosTo, SqrtTo} {
		f(dst, x)
		c.keep32(dst...)
	}
	for _, v := range c.vector64(9) {
		for _, f := range []func(float64) float64{Exp, Expm1, Log, Log1p, Tanh, Sin, Cos, Tan, Atan, Erf, Gamma, Cbrt, J0} {
			c.keep64(f(v))
		}
		c.keep64(Pow(math.Abs(v), 1.7), Hypot(v, 3))
	}
	c.keep32(FMA32(x[0], x[1], x[2]), Pow32(float32(math.Abs(float64(x[3]))), x[4]))
}

func (c *canaryBird) reductions() {
	x, y := c.vector32(1003), c.vector32(1003)
	c.keep32(Sum32(x), Mean32(x), Var32(x), Norm32(x))
	c.keep64(Dot32To64(x, y), Sum64(c.vector64(517)))
	soft := make([]float32, 4*50)
	Softmax32(soft, x[:200], 4, 50, 50)
	c.keep32(soft...)
}

// step is the end of a training step.
func (c *canaryBird) step() {
	w, g := c.vector32(131), c.vector32(131)
	m, v := make([]float32, len(w)), make([]float32, len(w))
	for range 3 {
		Adam32(w, m, v, g, AdamParams{Alpha: 0.01, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7})
	}
	c.keep32(w...)
	RMSprop32(w, v, g, 0.01, 0.9, 1e-7)
	Momentum32(w, m, g, 0.01, 0.9, true)
	c.keep32(w...)
}
