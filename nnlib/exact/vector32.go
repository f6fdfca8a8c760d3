package exact

import "sync"

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

// Long slices are cut into pieces for the workers: from functionParallel elements on, which take some 15 µs, a second one pays.
const (
	functionParallel = 1 << 15
	functionPiece    = 2 * chunk
)

// vectorTo runs the kernels where there are any and has the scalar function settle what is in doubt.
func vectorTo(name string, dst, x []float32, k tiers, f func(float32) float32) {
	checkLengths(name, len(dst), len(x))
	if len(x) < functionParallel {
		functionTask{dst, x, k, f}.run()
		return
	}
	t := functionTasks.Get().(*functionTask)
	*t = functionTask{dst, x, k, f}
	workers.run(t, (len(x)+functionPiece-1)/functionPiece)
	*t = functionTask{}
	functionTasks.Put(t)
}

// A functionTask is dst = f(x).
type functionTask struct {
	dst, x []float32
	k      tiers
	f      func(float32) float32
}

var functionTasks = sync.Pool{New: func() any { return &functionTask{} }}

func (t *functionTask) Piece(i int) {
	from, to := i*functionPiece, min((i+1)*functionPiece, len(t.x))
	functionTask{t.dst[from:to], t.x[from:to], t.k, t.f}.run()
}

func (t functionTask) run() {
	dst, x := t.dst, t.x
	if !vectors {
		for i, v := range x {
			dst[i] = t.f(v)
		}
		return
	}
	w := kernelBuffers.Get().(*kernelBuffer)
	for len(x) > 0 {
		n := min(len(x), chunk)
		w.run(dst[:n], x[:n], t.k, t.f)
		dst, x = dst[n:], x[n:]
	}
	kernelBuffers.Put(w)
}
