package exact

import "math"

// J0 returns the Bessel function of the first kind of order 0.
func J0(x float64) float64 {
	if x != x || math.IsInf(x, 0) {
		return besselAtInf(x)
	}
	j, _ := bessel(0, math.Abs(x))
	return j.float()
}

// J1 returns the Bessel function of the first kind of order 1.
func J1(x float64) float64 {
	switch {
	case x != x || math.IsInf(x, 0):
		return besselAtInf(x)
	case math.Abs(x) < 0x1p-400:
		return x / 2
	}
	j, _ := bessel(1, math.Abs(x))
	return math.Copysign(1, x) * j.float()
}

// Jn returns the Bessel function of the first kind of order n.
func Jn(n int, x float64) float64 {
	if x != x || math.IsInf(x, 0) {
		return besselAtInf(x)
	}
	odd := n&1 == 1
	flip := odd && (x < 0) != (n < 0) // J(-n, x) = J(n, -x) = (-1)^n J(n, x)
	n, x = max(n, -n), math.Abs(x)
	v := jn(n, x)
	if flip {
		return -v
	}
	return v
}

// Y0 returns the Bessel function of the second kind of order 0.
func Y0(x float64) float64 { return Yn(0, x) }

// Y1 returns the Bessel function of the second kind of order 1.
func Y1(x float64) float64 { return Yn(1, x) }

// Yn returns the Bessel function of the second kind of order n.
func Yn(n int, x float64) float64 {
	sign := 1.0
	if n < 0 && n&1 == 1 {
		sign = -1
	}
	switch {
	case x < 0 || x != x:
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case x == 0:
		return sign * math.Inf(-1)
	}
	return sign * yn(max(n, -n), x)
}

func besselAtInf(x float64) float64 {
	if x != x {
		return x
	}
	return 0
}

// besselSwitch: below it the power series (30 of 106 bits cancel at most), above it Hankel's expansion (its terms fall to e^(-2x)).
const besselSwitch = 25

// bessel returns J and Y of order 0 or 1 at x >= 0, to 1 ulp where they are above 2^-20; near a zero to 2^-70.
func bessel(order int, x float64) (j, y dd) {
	if x < besselSwitch {
		return besselSeries(order, x)
	}
	return besselHankel(order, x)
}

// besselSeries sums (DLMF 10.2.2, 10.8.1) with t_k = (-x²/4)^k/(k!(k+order)!) and the harmonic numbers H_k.
func besselSeries(order int, x float64) (j, y dd) {
	q := twoProd(x/2, x/2).neg()
	v := float64(order)
	term, h0, h1 := ddOf(1), dd{}, ddOf(v) // h0 = H_k, h1 = H_(k+order)
	var sum dd
	for k := 0.0; k == 0 || math.Abs(term.hi) > 0x1p-115 && k < 200; k++ {
		if k > 0 {
			term = term.mul(q).div(ddOf(k * (k + v)))
			h0 = h0.add(ddOf(1).div(ddOf(k)))
			h1 = h1.add(ddOf(1).div(ddOf(k + v)))
		}
		j = j.add(term)
		sum = sum.add(term.mul(h0.add(h1)))
	}
	if x == 0 {
		return j.mulF(1 - v), dd{hi: math.Inf(-1)}
	}
	n, e := normal(x / 2)
	l := ddLog(ddOf(n)).add(ddLn2.mulF(float64(e))).add(ddEuler)
	y = l.mul(j).scale(2).sub(sum)
	if order == 1 {
		j, y = j.mulF(x/2), y.mulF(x/2).sub(ddOf(2).div(ddOf(x)))
	}
	return j, y.mul(ddTwoOverPi).scale(0.5)
}

// besselHankel is Hankel's expansion (DLMF 10.17.3) with sin and cos of x - order·π/2 - π/4 by those of x.
func besselHankel(order int, x float64) (j, y dd) {
	p, q := hankelPQ(float64(4*order), x)
	sin, cos := ddSinCos(x)
	c, s := cos.add(sin), sin.sub(cos)
	if order == 1 {
		c, s = s, c.neg()
	}
	scale := ddOf(1).div(ddPi.mulF(x * 0x1p-50).sqrt()).scale(0x1p-25)
	return p.mul(c).sub(q.mul(s)).mul(scale), p.mul(s).add(q.mul(c)).mul(scale)
}

// hankelPQ sums P = Σ (-1)^k a_2k/x^2k and Q = Σ (-1)^k a_(2k+1)/x^(2k+1), a_k = Π (mu-(2i-1)²)/(8i), mu = 4·order².
func hankelPQ(mu, x float64) (p, q dd) {
	term, smallest := ddOf(1), 1.0
	for k := 1; ; k++ {
		switch (k - 1) & 3 {
		case 0:
			p = p.add(term)
		case 1:
			q = q.add(term)
		case 2:
			p = p.sub(term)
		case 3:
			q = q.sub(term)
		}
		odd := float64(2*k - 1)
		term = term.mulF(mu - float64(odd*odd)).div(ddOf(x)).div(ddOf(float64(8 * k)))
		if t := math.Abs(term.hi); !(t >= 0x1p-110 && t <= smallest) {
			return p, q
		} else {
			smallest = t
		}
	}
}

// jn returns J of order n >= 0 at x >= 0: recurrence upward while n <= x, else Miller's downward one, scaled by J0 or J1.
func jn(n int, x float64) float64 {
	j0, _ := bessel(0, x)
	j1, _ := bessel(1, x)
	switch {
	case n == 0:
		return j0.float()
	case n == 1:
		return J1(x)
	case x == 0:
		return 0
	case float64(n) <= x:
		return recurUp(n, x, j0, j1).float()
	case x < 0x1p-30: // the first term of the series is all of it
		return jnLeading(n, x)
	}
	return jnDown(n, x, j0, j1)
}

// jnLeading returns (x/2)^n/n!.
func jnLeading(n int, x float64) float64 {
	m, k := ddOf(1), 0
	f, e := math.Frexp(x / 2)
	for i := 1; i <= n; i++ {
		m = m.mulF(f).div(ddOf(float64(i)))
		if m.hi < 0x1p-500 {
			m, k = m.scale(0x1p500), k-500
		}
		if k+e*i < -3000 {
			return 0
		}
	}
	return m.ldexp(k + e*n)
}

func recurUp(n int, x float64, a, b dd) dd {
	for k := 1; k < n; k++ {
		a, b = b, b.mulF(float64(2*k)).div(ddOf(x)).sub(a)
		if math.IsInf(b.hi, 0) || b.hi != b.hi {
			return dd{hi: math.Inf(-1)} // only Y grows without bound, downward
		}
	}
	return b
}

func jnDown(n int, x float64, j0, j1 dd) float64 {
	a, b := dd{}, ddOf(1) // orders k+1 and k, up to a common factor
	var at dd
	exp := 0
	for k := n + 60 + int(12*math.Sqrt(float64(n))); k > 0; k-- {
		if k == n {
			at, exp = b, 0
		}
		a, b = b, b.mulF(float64(2*k)).div(ddOf(x)).sub(a)
		if math.Abs(b.hi) > 0x1p300 {
			a, b = a.scale(0x1p-300), b.scale(0x1p-300)
			exp -= 300
		}
	}
	// now b is order 0, a order 1
	if math.Abs(j0.hi) > math.Abs(j1.hi) {
		return at.mul(j0).div(b).ldexp(max(exp, -3000))
	}
	return at.mul(j1).div(a).ldexp(max(exp, -3000))
}

func yn(n int, x float64) float64 {
	if x < 0x1p-400 {
		return ynTiny(n, x)
	}
	_, y0 := bessel(0, x)
	if n == 0 {
		return y0.float()
	}
	_, y1 := bessel(1, x)
	return recurUp(n, x, y0, y1).float()
}

// ynTiny: only the first term counts, 2/π·(ln(x/2)+γ) or -2/(πx).
func ynTiny(n int, x float64) float64 {
	switch n {
	case 0:
		m, e := normal(x)
		l := ddLog(ddOf(m)).add(ddLn2.mulF(float64(e - 1))).add(ddEuler)
		return l.mul(ddTwoOverPi).float()
	case 1:
		f, e := math.Frexp(x)
		return -ddTwoOverPi.div(ddOf(f)).ldexp(-e)
	}
	return math.Inf(-1)
}
