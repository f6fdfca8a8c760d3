package exact

// Each function here does what its Go loop does on the leading elements that fill whole vectors and returns how many those are.

func add32(dst, x, y []float32) int { return apply32(add32v, dst, x, y) }
func sub32(dst, x, y []float32) int { return apply32(sub32v, dst, x, y) }
func mul32(dst, x, y []float32) int { return apply32(mul32v, dst, x, y) }
func div32(dst, x, y []float32) int { return apply32(div32v, dst, x, y) }
func add64(dst, x, y []float64) int { return apply64(add64v, dst, x, y) }
func sub64(dst, x, y []float64) int { return apply64(sub64v, dst, x, y) }
func mul64(dst, x, y []float64) int { return apply64(mul64v, dst, x, y) }
func div64(dst, x, y []float64) int { return apply64(div64v, dst, x, y) }

func reluGrad32(dst, x, dy []float32) int { return apply32(reluGrad32v, dst, x, dy) }
func reluGrad64(dst, x, dy []float64) int { return apply64(reluGrad64v, dst, x, dy) }

func sigmoidGrad32(dst, y, dy []float32) int {
	n := wholeVectors(len(dst), 8)
	if n > 0 {
		sigmoidGrad32v(n/8, &dst[0], &y[0], &dy[0], 1)
	}
	return n
}

func tanhGrad32(dst, y, dy []float32) int {
	n := wholeVectors(len(dst), 8)
	if n > 0 {
		tanhGrad32v(n/8, &dst[0], &y[0], &dy[0], 1)
	}
	return n
}

func addProducts32(dst, a, b, c, d []float32) int {
	n := wholeVectors(len(dst), 8)
	if n > 0 {
		addProducts32v(n/8, &dst[0], &a[0], &b[0], &c[0], &d[0])
	}
	return n
}

func apply32(f func(n int, dst, x, y *float32), dst, x, y []float32) int {
	n := wholeVectors(len(dst), 8)
	if n > 0 {
		f(n/8, &dst[0], &x[0], &y[0])
	}
	return n
}

func apply64(f func(n int, dst, x, y *float64), dst, x, y []float64) int {
	n := wholeVectors(len(dst), 4)
	if n > 0 {
		f(n/4, &dst[0], &x[0], &y[0])
	}
	return n
}

func scale32(dst []float32, alpha float32, x []float32) int {
	n := wholeVectors(len(dst), 8)
	if n > 0 {
		scale32v(n/8, &dst[0], &x[0], alpha)
	}
	return n
}

func scale64(dst []float64, alpha float64, x []float64) int {
	n := wholeVectors(len(dst), 4)
	if n > 0 {
		scale64v(n/4, &dst[0], &x[0], alpha)
	}
	return n
}

func axpy32(alpha float32, x, y []float32) int {
	n := wholeVectors(len(x), 8)
	if n > 0 {
		axpy32v(n/8, &x[0], &y[0], alpha)
	}
	return n
}

func axpy64(alpha float64, x, y []float64) int {
	n := wholeVectors(len(x), 4)
	if n > 0 {
		axpy64v(n/4, &x[0], &y[0], alpha)
	}
	return n
}

func relu32(dst, x []float32) int {
	n := wholeVectors(len(x), 8)
	if n > 0 {
		relu32v(n/8, &dst[0], &x[0])
	}
	return n
}

func relu64(dst, x []float64) int {
	n := wholeVectors(len(x), 4)
	if n > 0 {
		relu64v(n/4, &dst[0], &x[0])
	}
	return n
}

func larger32(dst, x []float32) int {
	n := wholeVectors(len(x), 8)
	if n > 0 {
		larger32v(n/8, &dst[0], &x[0])
	}
	return n
}

func largerGrad32(dx, left, x, y []float32) int {
	n := wholeVectors(len(x), 8)
	if n > 0 {
		largerGrad32v(n/8, &dx[0], &left[0], &x[0], &y[0])
	}
	return n
}

func root32(dst, x []float32) int {
	n := wholeVectors(len(x), 8)
	if n > 0 {
		root32v(n/8, &dst[0], &x[0])
	}
	return n
}

func adam32(w, m, v, g []float32, p AdamParams) int {
	n := wholeVectors(len(w), 8)
	if n > 0 {
		adam32v(n/8, &w[0], &m[0], &v[0], &g[0], &[4]float32{p.Alpha, 1 - p.Beta1, 1 - p.Beta2, p.Epsilon})
	}
	return n
}

func sumLanes32(x []float32, l *[lanes]float32) int {
	n := wholeVectors(len(x), lanes)
	if n > 0 {
		sumLanes32v(n/lanes, &x[0], l)
	}
	return n
}

func sumLanes64(x []float64, l *[lanes]float64) int {
	n := wholeVectors(len(x), lanes)
	if n > 0 {
		sumLanes64v(n/lanes, &x[0], l)
	}
	return n
}

func sumLanes32To64(x []float32, l *[lanes]float64) int {
	n := wholeVectors(len(x), lanes)
	if n > 0 {
		sumLanes32To64v(n/lanes, &x[0], l)
	}
	return n
}

func dotLanes32To64(x, y []float32, l *[lanes]float64) int {
	n := wholeVectors(len(x), lanes)
	if n > 0 {
		dotLanes32To64v(n/lanes, &x[0], &y[0], l)
	}
	return n
}

func dotLanes64(x, y []float64, l *[lanes]float64) int {
	n := wholeVectors(len(x), lanes)
	if n > 0 {
		dotLanes64v(n/lanes, &x[0], &y[0], l)
	}
	return n
}

func wholeVectors(n, width int) int {
	if !vectors {
		return 0
	}
	return n / width * width
}

var (
	expKernel      = tiers{inPairs(expPairs8, expPairs16), {expv, 8}}
	sigmoidKernel  = sigmoidTiers()
	erfKernel      = tiers{either(tier{erfPairs8, 16}, tier{erf512, 8}), {erfv, 8}}
	geluKernel     = tiers{inPairs(geluPairs8, geluPairs16), {geluv, 8}}
	logKernel      = tiers{either(tier{logPairs8, 16}, tier{log512, 8}), {logv, 8}}
	tanhKernel     = choose(tanh512, tanhv)
	expm1Kernel    = choose(expm1512, expm1v)
	log1pKernel    = tiers{either(tier{log1pPairs8, 16}, tier{log1p512, 8}), {log1pv, 8}}
	softplusKernel = choose(softplus512, softplusv)
	sinKernel      = choose(sin512, sinv)
	cosKernel      = choose(cos512, cosv)
)

// choose takes the AVX-512 kernel where it runs; then the other one, which covers more arguments and doubts less, has another try.
func choose(wide, narrow kernel) tiers {
	if wideVectors {
		return tiers{{wide, 8}, {narrow, 8}}
	}
	return tiers{{narrow, 8}}
}

// inPairs takes the kernel in pairs of float32 of the widest vectors there are.
func inPairs(of8, of16 kernel) tier { return either(tier{of8, 16}, tier{of16, 32}) }

func either(narrow, wide tier) tier {
	if wideVectors {
		return wide
	}
	return narrow
}

// sigmoidTiers has a kernel more of AVX-512, for arguments below 8.
func sigmoidTiers() tiers {
	t := tiers{inPairs(sigmoidPairs8, sigmoidPairs16), {sigmoidv, 8}}
	if wideVectors {
		t = append(tiers{{sigmoidRows16, 32}}, t...)
	}
	return t
}
