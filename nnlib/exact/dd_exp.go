package exact

import "math"

// expParts returns p and k with e^x = (1+p)·2^k, |p| < 0.42, for |x| up to some thousands; p has a small relative error.
func expParts(x dd) (p dd, k int) {
	kd := math.RoundToEven(float64(x.hi * ddInvLn2.hi))
	r := x.addF(float64(kd * -0x1.62e42fefa2000p-1)) // 40 bits of ln 2: the product is exact
	r = r.sub(dd{0x1.9ef35793c7673p-41, 0x1.f97b57a079a19p-103}.mulF(kd))
	return expm1Small(r), int(kd)
}

// expm1Small returns e^r - 1, |r| < 0.35: Taylor at r/64, then (1+p)² - 1 = 2p + p² six times.
func expm1Small(r dd) dd {
	r = r.scale(1.0 / 64)
	p := poly(r, invFact[1:13]).mul(r)
	for range 6 {
		p = p.scale(2).add(p.mul(p))
	}
	return p
}

// ddExp returns e^x as m·2^k.
func ddExp(x dd) (m dd, k int) {
	p, k := expParts(x)
	return p.addF(1), k
}

// ddExpm1 returns e^x - 1 with a small relative error, |x| < 700.
func ddExpm1(x dd) dd {
	p, k := expParts(x)
	if k == 0 {
		return p
	}
	s := math.Float64frombits(uint64(1023+k) << 52)
	return p.scale(s).addF(s - 1).addF((s - (s - 1)) - 1)
}
