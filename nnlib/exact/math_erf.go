package exact

import "math"

// Erf returns the error function of x.
func Erf(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a < 0x1p-300:
		return mulByErfSlope(x)
	case a > 6:
		return math.Copysign(1, x)
	}
	return math.Copysign(ddErf(a).float(), x)
}

// Erfc returns 1 - Erf(x), accurate where it is small.
func Erfc(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 28:
		return 0
	case x < -6:
		return 2
	case math.Abs(x) < 0x1p-60:
		return 1
	}
	m, k := ddErfc(x)
	return m.ldexp(k)
}

// mulByErfSlope returns x·2/sqrt(π) rounded once, x tiny.
func mulByErfSlope(x float64) float64 {
	f, e := math.Frexp(x)
	if x == 0 {
		return x
	}
	return ddTwoOverRtPi.mulF(f).ldexp(e)
}

// ddErf returns erf a, 0 <= a <= 6, by 2/sqrt(π)·e^(-a²)·Σ 2^n a^(2n+1)/(1·3·5···(2n+1)): all terms positive.
func ddErf(a float64) dd {
	z := twoProd(a, a)
	term, sum := ddOf(a), ddOf(a)
	for n := 1.0; term.hi > sum.hi*0x1p-110; n++ {
		term = term.mul(z).scale(2).div(ddOf(float64(2*n) + 1))
		sum = sum.add(term)
	}
	m, k := ddExp(z.neg())
	return ddTwoOverRtPi.mul(sum).mul(m).scale(scalb(1, k))
}

// erfcSwitch: below it erfc is 1 - erf (22 of 100 bits are lost at most), above it a continued fraction.
const erfcSwitch = 3.75

// ddErfc returns erfc x as m·2^k.
func ddErfc(x float64) (m dd, k int) {
	switch {
	case x < 0:
		return ddErf(-x).addF(1), 0
	case x < erfcSwitch:
		return ddErf(x).neg().addF(1), 0
	}
	z := twoProd(x, x)
	m, k = ddExp(z.neg())
	return m.mul(ddInvRtPi).div(erfcFraction(x)), k
}

// erfcFraction returns x + (1/2)/(x + 1/(x + (3/2)/(x + ...))), so that erfc x = e^(-x²)/(sqrt(π)·fraction); x >= erfcSwitch.
func erfcFraction(x float64) dd {
	f := ddOf(x)
	for i := 90; i >= 1; i-- {
		f = ddOf(float64(i) / 2).div(f).addF(x)
	}
	return f
}

// ddGelu returns x·Φ(x), |x| >= 2^-149, -15 <= x <= 15. The argument of erf, x/sqrt(2), is not a float64: its low part enters by the
// derivative, erfc(h+l) = erfc(h) - 2/sqrt(π)·e^(-h²)·(l - h·l² + ...).
func ddGelu(x float64) dd {
	m, k := ddGeluParts(x)
	return m.scale(scalb(1, k))
}

// ddGeluParts returns x·Φ(x) as m·2^k.
func ddGeluParts(x float64) (m dd, k int) {
	a := ddSqrtHalf.mulF(-x)
	m, k = ddErfc(a.hi)
	slope, j := ddExp(twoProd(a.hi, a.hi).neg())
	step := ddTwoOverRtPi.mul(slope).mulF(a.lo).mul(dd{1, -float64(a.hi * a.lo)}).scale(scalb(1, max(j-k, -1000)))
	return m.sub(step).mulF(x / 2), k
}
