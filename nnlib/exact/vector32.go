package exact

import (
	"encoding/binary"
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
func SqrtTo(dst, x []float32) { mapTo("SqrtTo", dst, x, Sqrt32) }

func mapTo(name string, dst, x []float32, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	for i, v := range x {
		dst[i] = f(v)
	}
}

// A kernel computes n vectors of 8 and sets bits in doubt for the elements whose rounding it is not sure of.
type kernel func(n int, x, y *float32, doubt *uint8)

// chunk is how many elements pass through the stack at a time: x may be dst, and doubtful elements need their x again.
const chunk = 512

// vectorTo runs the kernel where there is one and has the scalar function settle what is in doubt.
func vectorTo(name string, dst, x []float32, k kernel, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	if !vectors {
		mapTo(name, dst, x, f)
		return
	}
	for len(x) > chunk {
		runKernel(dst[:chunk], x[:chunk], k, f)
		dst, x = dst[chunk:], x[chunk:]
	}
	runKernel(dst, x, k, f)
}

func runKernel(dst, x []float32, k kernel, f func(float32) float32) {
	w := kernelBuffers.Get().(*kernelBuffer)
	n := copy(w.in[:], x)
	whole := (n + 7) / 8
	clear(w.in[n : whole*8])
	k(whole, &w.in[0], &w.out[0], &w.doubt[0])
	for i := 0; i < whole; i += 8 {
		if binary.LittleEndian.Uint64(w.doubt[i:]) == 0 {
			continue
		}
		for j := i * 8; j < min(n, i*8+64); j++ {
			if w.doubt[j/8]>>(j%8)&1 == 1 {
				w.out[j] = f(w.in[j])
			}
		}
	}
	copy(dst, w.out[:n])
	clear(w.doubt[:whole])
	kernelBuffers.Put(w)
}

// A kernelBuffer holds one chunk; the eight bytes of doubt are read together.
type kernelBuffer struct {
	in, out [chunk]float32
	doubt   [chunk / 8]uint8
}

var kernelBuffers = sync.Pool{New: func() any { return &kernelBuffer{} }}
