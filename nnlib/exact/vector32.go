package exact

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

// The vector forms: dst[i] = f(x[i]), bit for bit the scalar function. dst may be x.

// ExpTo does dst = e^x.
func ExpTo(dst, x []float32) { vectorTo("ExpTo", dst, x, expKernel, Exp32) }

// Expm1To does dst = e^x - 1.
func Expm1To(dst, x []float32) { vectorTo("Expm1To", dst, x, expm1Kernel, Expm132) }

// LogTo does dst = ln x.
func LogTo(dst, x []float32) { vectorTo("LogTo", dst, x, logKernel, Log32) }

// Log1pTo does dst = ln(1+x).
func Log1pTo(dst, x []float32) { vectorTo("Log1pTo", dst, x, log1pKernel, Log1p32) }

// TanhTo does dst = tanh x.
func TanhTo(dst, x []float32) { vectorTo("TanhTo", dst, x, tanhKernel, Tanh32) }

// SigmoidTo does dst = 1/(1+e^-x).
func SigmoidTo(dst, x []float32) { vectorTo("SigmoidTo", dst, x, sigmoidKernel, Sigmoid32) }

// SoftplusTo does dst = ln(1+e^x).
func SoftplusTo(dst, x []float32) { vectorTo("SoftplusTo", dst, x, softplusKernel, Softplus32) }

// ErfTo does dst = erf x.
func ErfTo(dst, x []float32) { vectorTo("ErfTo", dst, x, erfKernel, Erf32) }

// GeluTo does dst = x·Φ(x).
func GeluTo(dst, x []float32) { vectorTo("GeluTo", dst, x, geluKernel, Gelu32) }

// SinTo does dst = sin x.
func SinTo(dst, x []float32) { vectorTo("SinTo", dst, x, sinKernel, Sin32) }

// CosTo does dst = cos x.
func CosTo(dst, x []float32) { vectorTo("CosTo", dst, x, cosKernel, Cos32) }

// SqrtTo does dst = sqrt x.
func SqrtTo(dst, x []float32) {
	checkLengths("SqrtTo", len(dst), len(x))
	for i := root32(dst, x); i < len(x); i++ {
		dst[i] = sqrt32(x[i])
	}
}

// PowTo does dst = x^y.
func PowTo(dst, x, y []float32) {
	checkLengths("PowTo", len(dst), len(x), len(y))
	for i, v := range x {
		dst[i] = Pow32(v, y[i])
	}
}

func mapTo(name string, dst, x []float32, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	for i, v := range x {
		dst[i] = f(v)
	}
}

// A kernel computes n vectors of 8 and sets bits in doubt for the elements whose rounding it is not sure of.
type kernel func(n int, x, y *float32, doubt *uint8)

// A functionKernels is the kernel of a function and, if there is one, a second that has another try at the vectors in doubt.
type functionKernels struct{ first, second kernel }

// chunk is how many elements are settled at a time.
const chunk = 1024

// vectorTo runs the kernel where there is one and has the scalar function settle what is in doubt.
func vectorTo(name string, dst, x []float32, k functionKernels, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	if !vectors {
		mapTo(name, dst, x, f)
		return
	}
	w := kernelBuffers.Get().(*kernelBuffer)
	for len(x) > 0 {
		n := min(len(x), chunk)
		w.run(dst[:n], x[:n], k, f)
		dst, x = dst[n:], x[n:]
	}
	kernelBuffers.Put(w)
}

// run computes one chunk. In place, x is kept first: doubtful elements need it again.
func (w *kernelBuffer) run(dst, x []float32, k functionKernels, f func(float32) float32) {
	if &dst[0] == &x[0] {
		x = w.in[:copy(w.in[:], x)]
	}
	whole := len(x) / 8
	if whole > 0 {
		k.first(whole, &x[0], &dst[0], &w.doubt[0])
		w.settle(dst, x, whole, k.second, f)
	}
	if at := whole * 8; at < len(x) {
		w.tail = kernelTail{}
		n := copy(w.tail.in[:], x[at:])
		k.first(1, &w.tail.in[0], &w.tail.out[0], &w.doubt[0])
		w.settle(w.tail.out[:], w.tail.in[:], 1, k.second, f)
		copy(dst[at:], w.tail.out[:n])
	}
}

// settle recomputes the elements marked as doubtful and clears the marks.
func (w *kernelBuffer) settle(dst, x []float32, whole int, second kernel, f func(float32) float32) {
	for i := 0; i < whole; i += 8 {
		marks := binary.LittleEndian.Uint64(w.doubt[i:])
		if second != nil && marks != 0 {
			marks = w.again(dst, x, i, second)
		}
		for ; marks != 0; marks &= marks - 1 {
			j := i*8 + bits.TrailingZeros64(marks)
			dst[j] = f(x[j])
		}
	}
	clear(w.doubt[:whole])
}

// again runs the second kernel on those of eight vectors that have marks, and returns what is left in doubt.
func (w *kernelBuffer) again(dst, x []float32, i int, second kernel) uint64 {
	for v := i; v < i+8; v++ {
		if w.doubt[v] != 0 {
			second(1, &x[v*8], &dst[v*8], &w.doubt[v])
		}
	}
	return binary.LittleEndian.Uint64(w.doubt[i:])
}

// A kernelBuffer holds what one call needs beside dst and x.
type kernelBuffer struct {
	in    [chunk]float32
	doubt [chunk / 8]uint8
	tail  kernelTail
}

// A kernelTail is the last vector when the elements do not fill it.
type kernelTail struct{ in, out [8]float32 }

var kernelBuffers = sync.Pool{New: func() any { return &kernelBuffer{} }}
