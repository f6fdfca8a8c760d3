package exact

import "math"

// The quick float64 forms behind the float32 functions: good to about 2^-48 or better, unfused. Each is followed by certain32: a value
// near a midpoint of two float32 is computed again in dd. So the float32 is the correctly rounded one either way.

// certain32 reports that y, known to 2^-45, rounds to the same float32 as the true value.
func certain32(y float64) bool {
	u := math.Float64bits(y)
	if (u+doubtWidth-midBits)&midMask < 2*doubtWidth {
		return false
	}
	a := math.Float64frombits(u &^ (1 << 63))
	return !(a < 0x1p-126 && a > 0x1p-151)
}

// doubtWidth is half the width of the zone of doubt, in units of the last bit of a float64 (2^-52 of the value).
const doubtWidth = 1 << 8

const (
	ln2Head = 0x1.62e42fefa0000p-1  // 37 bits: k·ln2Head is exact
	ln2Tail = 0x1.cf79abc9e3b3ap-40 // ln 2 - ln2Head
	toRound = 0x1.8p52              // adding and subtracting it rounds to an integer
)

// fastExpParts returns p and s with e^x = s + s·p, s a power of two, |x| <= 700.
func fastExpParts(x float64) (p, s float64) {
	k := float64(x*math.Log2E) + toRound
	s = math.Float64frombits((math.Float64bits(k) + 1023) << 52)
	k -= toRound
	r := (x - float64(k*ln2Head)) - float64(k*ln2Tail)
	r2 := float64(r * r)
	r4 := float64(r2 * r2)
	a := 1.0/2 + float64(r*(1.0/6))
	b := 1.0/24 + float64(r*(1.0/120))
	c := 1.0/720 + float64(r*(1.0/5040))
	d := 1.0/40320 + float64(r*(1.0/362880))
	e := 1.0/3628800 + float64(r*(1.0/39916800))
	f := 1.0/479001600 + float64(r*(1.0/6227020800))
	q := a + float64(r2*b) + float64(r4*(c+float64(r2*d)+float64(r4*(e+float64(r2*f)))))
	return r + float64(r2*q), s
}

func fastExp(x float64) float64 {
	p, s := fastExpParts(x)
	return s + float64(s*p)
}

func fastExpm1(x float64) float64 {
	p, s := fastExpParts(x)
	return (s - 1) + float64(s*p)
}

// fastLog returns ln x, x positive and normal: x = m·2^e, 2·atanh((m-1)/(m+1)).
func fastLog(x float64) float64 {
	u := math.Float64bits(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd)
	e := float64(int(u>>52) - 1023)
	m := math.Float64frombits(u&(1<<52-1) + 0x3fe6a09e667f3bcd)
	return float64(e*ln2Head) + (float64(e*ln2Tail) + fastLog1pSmall(m-1))
}

// fastLog1pSmall returns ln(1+d), sqrt(1/2) <= 1+d <= sqrt(2), with a small relative error.
func fastLog1pSmall(d float64) float64 {
	s := d / (2 + d)
	z := float64(s * s)
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	a := 1.0/3 + float64(z*(1.0/5))
	b := 1.0/7 + float64(z*(1.0/9))
	c := 1.0/11 + float64(z*(1.0/13))
	f := 1.0/15 + float64(z*(1.0/17))
	g := 1.0/19 + float64(z*(1.0/21))
	q := a + float64(z2*b) + float64(z4*(c+float64(z2*f)+float64(z4*g)))
	return float64(2*s) + float64(float64(2*s)*float64(z*q))
}

// fastLog1p returns ln(1+x) for x > -1; the low part of 1+x enters by the derivative.
func fastLog1p(x float64) float64 {
	if x > -0.29 && x < 0.41 {
		return fastLog1pSmall(x)
	}
	s := twoSum(1, x)
	return fastLog(s.hi) + s.lo/s.hi
}

func fastTanh(a float64) float64 {
	e := fastExpm1(2 * a)
	return e / (e + 2)
}

// fastSinCos returns sin x and cos x. Where the quick reduction would lose bits it takes the one in integers.
func fastSinCos(x float64) (sin, cos float64) {
	r, q, ok := fastReduce(x)
	if !ok {
		d, quadrant := reduceTrig(x)
		r, q = d.float(), quadrant
	}
	s, c := fastSinCosSmall(r)
	switch q & 3 {
	case 1:
		s, c = c, -s
	case 2:
		s, c = -s, -c
	case 3:
		s, c = -c, s
	}
	return s, c
}

// fastReduce returns r and q with x = q·π/2 + r; not ok beyond 2^20 and where cancellation leaves too little of r.
func fastReduce(x float64) (r float64, q int, ok bool) {
	if math.Abs(x) > 0x1p20 {
		return 0, 0, false
	}
	kd := float64(x*(2/math.Pi)) + toRound
	q = int(math.Float64bits(kd) & 3)
	kd -= toRound
	// π/2 in three parts of 33 bits and a rest: the first products are exact
	r = x - float64(kd*0x1.921fb54400000p+0)
	r -= float64(kd * 0x1.0b4611a600000p-34)
	r -= float64(kd * 0x1.3198a2e037073p-69)
	return r, q, math.Abs(r) > 0x1p-20 || kd == 0
}

func fastSinCosSmall(r float64) (sin, cos float64) {
	z := -float64(r * r)
	s, c := 0.0, 0.0
	for i := 8; i >= 1; i-- {
		s = float64(z * (invFact[2*i+1].hi + s))
		c = float64(z * (invFact[2*i].hi + c))
	}
	return r + float64(r*s), 1 + c
}
