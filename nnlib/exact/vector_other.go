//go:build !amd64

package exact

// Where there are no vector kernels the Go loops do all elements.

func add32(dst, x, y []float32) int { return 0 }

func sub32(dst, x, y []float32) int { return 0 }

func mul32(dst, x, y []float32) int { return 0 }

func div32(dst, x, y []float32) int { return 0 }

func add64(dst, x, y []float64) int { return 0 }

func sub64(dst, x, y []float64) int { return 0 }

func mul64(dst, x, y []float64) int { return 0 }

func div64(dst, x, y []float64) int { return 0 }

func reluGrad32(dst, x, dy []float32) int { return 0 }

func reluGrad64(dst, x, dy []float64) int { return 0 }

func sigmoidGrad32(dst, y, dy []float32) int { return 0 }

func tanhGrad32(dst, y, dy []float32) int { return 0 }

func addProducts32(dst, a, b, c, d []float32) int { return 0 }

func scale32(dst []float32, alpha float32, x []float32) int { return 0 }

func scale64(dst []float64, alpha float64, x []float64) int { return 0 }

func axpy32(alpha float32, x, y []float32) int { return 0 }

func axpy64(alpha float64, x, y []float64) int { return 0 }

func relu32(dst, x []float32) int { return 0 }

func relu64(dst, x []float64) int { return 0 }

func larger32(dst, x []float32) int { return 0 }

func largerGrad32(dx, left, x, y []float32) int { return 0 }

func root32(dst, x []float32) int { return 0 }

func adam32(w, m, v, g []float32, p AdamParams) int { return 0 }

func sumLanes32(x []float32, l *[lanes]float32) int { return 0 }

func sumLanes64(x []float64, l *[lanes]float64) int { return 0 }

func sumLanes32To64(x []float32, l *[lanes]float64) int { return 0 }

func dotLanes32To64(x, y []float32, l *[lanes]float64) int { return 0 }

func dotLanes64(x, y []float64, l *[lanes]float64) int { return 0 }

var expKernel, logKernel, tanhKernel, sigmoidKernel, expm1Kernel, log1pKernel, softplusKernel, erfKernel, geluKernel, sinKernel, cosKernel tiers
