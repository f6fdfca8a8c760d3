package exact

import "math"

// Gamma returns the gamma function of x.
func Gamma(x float64) float64 {
	switch {
	case math.IsInf(x, -1) || x < 0 && x == math.Trunc(x):
		return math.NaN()
	case x != x || x > 172:
		return x * math.Inf(1)
	case x == 0:
		return math.Copysign(math.Inf(1), x)
	case x < -190:
		return math.Copysign(0, sinPiSign(x))
	case math.Abs(x) < 0x1p-200:
		return 1 / x
	}
	m, k := ddGamma(x)
	return m.ldexp(k)
}

// Lgamma returns ln |Gamma(x)| and the sign of Gamma(x).
func Lgamma(x float64) (lgamma float64, sign int) {
	switch {
	case x != x:
		return x, 1
	case math.IsInf(x, 0):
		return x, 1
	case x == 0:
		return math.Inf(1), int(math.Copysign(1, x))
	case x < 0 && x == math.Trunc(x):
		return math.Inf(1), 1
	case x < 0:
		return ddLgammaNegative(x).float(), int(sinPiSign(x))
	case x > 1e30:
		l := ddLog(ddOf(x)).addF(-1)
		return l.mulF(x * 0x1p-100).ldexp(100), 1
	}
	return ddLgamma(ddOf(x)).float(), 1
}

// ddGamma returns Gamma(x) as m·2^k, -190 < x < 172, not a pole.
func ddGamma(x float64) (m dd, k int) {
	if x < 0.5 { // Gamma(x)·Gamma(1-x) = π/sin(πx)
		m, k = gammaPositive(twoSum(1, -x))
		return ddPi.div(sinPi(x).mul(m)), -k
	}
	return gammaPositive(ddOf(x))
}

func gammaPositive(x dd) (m dd, k int) {
	s, p := shiftUp(x)
	m, k = ddExp(stirling(s))
	return m.div(p), k
}

// ddLgamma returns ln Gamma(x), x > 0.
func ddLgamma(x dd) dd {
	if d := x.addF(-1); math.Abs(d.hi) < 1.0/64 {
		return lgammaNearOne(d)
	}
	if d := x.addF(-2); math.Abs(d.hi) < 1.0/64 {
		return lgammaNearOne(d).add(ddLog1pSmall(d))
	}
	if x.hi < 0x1p-900 {
		return ddLog(x.scale(0x1p200)).sub(ddLn2.mulF(200)).neg()
	}
	s, p := shiftUp(x)
	return stirling(s).sub(ddLog(p))
}

func ddLgammaNegative(x float64) dd {
	if x > -0x1p-200 {
		return ddLgamma(ddOf(-x))
	}
	return ddLog(ddPi.div(sinPi(x).abs())).sub(ddLgamma(twoSum(1, -x)))
}

// shiftUp returns s = x+n, at least 40, and p = x(x+1)···(s-1), so that Gamma(x) = Gamma(s)/p.
func shiftUp(x dd) (s, p dd) {
	s, p = x, ddOf(1)
	for s.hi < 40 {
		p = p.mul(s)
		s = s.addF(1)
	}
	return s, p
}

// stirlingTerms holds B_2k/(2k(2k-1)), k = 1, 2, ... as fractions (DLMF 5.11.1).
var stirlingTerms = [...][2]float64{
	{1, 12}, {-1, 360}, {1, 1260}, {-1, 1680}, {1, 1188}, {-691, 360360}, {1, 156}, {-3617, 122400}, {43867, 244188},
	{-174611, 125400}, {77683, 5796}, {-236364091, 1506960}, {657931, 300},
}

// stirling returns ln Gamma(x), x >= 40: (x-1/2)·ln x - x + ln(2π)/2 + Σ B_2k/(2k(2k-1)·x^(2k-1)).
func stirling(x dd) dd {
	inv := ddOf(1).div(x)
	z := inv.mul(inv)
	sum := dd{}
	for i := len(stirlingTerms) - 1; i >= 0; i-- {
		t := stirlingTerms[i]
		sum = sum.mul(z).add(ddOf(t[0]).div(ddOf(t[1])))
	}
	main := x.addF(-0.5).mul(ddLog(x)).sub(x).add(ddHalfLn2Pi)
	return main.add(sum.mul(inv))
}

// zetaOverK holds ζ(k)/k, k = 2, 3, ...
var zetaOverK = []dd{
	{0x1.a51a6625307d3p-1, 0x1.1873d8912200cp-56},  // ζ(2)/2
	{0x1.9a4d55beab2d7p-2, -0x1.4c26d1b465993p-59}, // ζ(3)/3
	{0x1.151322ac7d848p-2, 0x1.b5f91211196e5p-57},  // ζ(4)/4
	{0x1.a8b9c17aa6149p-3, 0x1.2e826a4fdae1ap-58},  // ζ(5)/5
	{0x1.5b40cb100c306p-3, 0x1.4a79940f15696p-59},  // ζ(6)/6
	{0x1.2703a1dcea3aep-3, 0x1.6307fd0794ac4p-57},  // ζ(7)/7
	{0x1.010b36af86397p-3, -0x1.741a635b224a6p-59}, // ζ(8)/8
	{0x1.c806706d57db4p-4, 0x1.56aa806fdd3eep-58},  // ζ(9)/9
	{0x1.9a01e385d5f8fp-4, 0x1.813418f3768cdp-59},  // ζ(10)/10
	{0x1.748c33114c6d6p-4, 0x1.ea57624080720p-61},  // ζ(11)/11
	{0x1.556ad63243bc4p-4, 0x1.5de8580fae81dp-62},  // ζ(12)/12
	{0x1.3b1d971fc5985p-4, -0x1.e58607e493dfdp-59}, // ζ(13)/13
	{0x1.2496df8320c5fp-4, 0x1.cf4b4ae040be8p-58},  // ζ(14)/14
	{0x1.11133476e7fe0p-4, 0x1.dc9a4ff396ee3p-59},  // ζ(15)/15
	{0x1.00010064cdeb2p-4, 0x1.7879d0156affep-59},  // ζ(16)/16
	{0x1.e1e2d311e8abdp-5, -0x1.8d2a110ce956bp-59}, // ζ(17)/17
	{0x1.c71ce3a20b419p-5, -0x1.be9617d035b06p-59}, // ζ(18)/18
	{0x1.af28a1b5688a0p-5, 0x1.74741e885fefbp-59},  // ζ(19)/19
}

// lgammaNearOne returns ln Gamma(1+d) = -γd + Σ ζ(k)/k·(-d)^k, |d| < 1/64.
func lgammaNearOne(d dd) dd {
	m := d.neg()
	return poly(m, zetaOverK).mul(m).add(ddEuler).mul(m)
}

// sinPi returns sin(πx), x not an integer.
func sinPi(x float64) dd {
	n := math.RoundToEven(x)
	f := x - n // exact, in [-1/2, 1/2]
	var s dd
	if math.Abs(f) <= 0.25 {
		s, _ = sinCosSmall(ddPi.mulF(f))
	} else {
		_, c := sinCosSmall(ddPi.mulF(0.5 - math.Abs(f)))
		s = c
		if f < 0 {
			s = c.neg()
		}
	}
	if isOdd(n) {
		return s.neg()
	}
	return s
}

// sinPiSign returns the sign of sin(πx), x not an integer: that of Gamma(x) for x < 0.
func sinPiSign(x float64) float64 {
	if math.Mod(math.Floor(x), 2) != 0 {
		return -1
	}
	return 1
}
