package main

import (
	"math"
	"math/big"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// functions emits f(x) for 8 float32 a turn through 2 x 4 float64, good to 2^-40. doubt[i] gets a bit for each of the eight whose
// float64 lies so near a midpoint of two float32 (or in the subnormal range) that its rounding is not certain: the caller
// computes those again. The bits therefore do not depend on how the float64 is reached.
func functions() {
	k := constants()
	function("expv", k, k.expLanes)
	function("tanhv", k, k.tanhLanes)
	function("sigmoidv", k, k.sigmoidLanes)
	function("logv", k, k.logLanes)
	function("expm1v", k, k.expm1Lanes)
	function("log1pv", k, k.log1pLanes)
	function("softplusv", k, k.softplusLanes)
	function("erfv", k, k.erfLanes)
	function("geluv", k, k.geluLanes)
	function("sinv", k, func(v reg.VecVirtual) reg.VecVirtual { return k.sinLanes(v, 0) })
	function("cosv", k, func(v reg.VecVirtual) reg.VecVirtual { return k.sinLanes(v, 1) })
}

// A table holds the constants, each four times in memory.
type table struct {
	log2e, ln2hi, ln2lo, magic, top, bottom, one, two, half, abs, sign       Mem
	doubtShift, lowBits, certain, tiny, tinyRange, least, abs32, minusOne    Mem
	exactSum, sqrt2Less1, ln2, minusHalf, tailCenter, geluTop, erfTop, root2 Mem
	expPoly, logPoly, tailPoly, erfPoly, sinPoly, cosPoly                    []Mem
	twoOverPi, round, unit, halfPi1, halfPi2, sinTop, sinLeast, nothing      Mem
	mantissa, sqrt2, twoTo52, bias52, largest, midpoint                      Mem
}

func constants() *table {
	hi := math.Float64frombits(math.Float64bits(math.Ln2) &^ 0xffff)
	rest, _, err := big.ParseFloat("0.69314718055994530941723212145817656807550013436025525412068", 10, 200, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	lo, _ := rest.Sub(rest, big.NewFloat(hi)).Float64()
	k := &table{
		log2e: quad("Log2e", math.Log2E), ln2hi: quad("Ln2Hi", hi), ln2lo: quad("Ln2Lo", lo),
		magic: quad("Magic", 1023+0x1.8p52), // its low bits hold k+1023 after k is added
		top:   quad("Top", 200), bottom: quad("Bottom", -200), one: quad("One", 1), two: quad("Two", 2), half: quad("Half", 0.5),
		abs: quadBits("Abs", 1<<63-1), sign: quadBits("Sign", 1<<63),
		lowBits: octBits("LowBits", 1<<29-1), doubtShift: octBits("DoubtShift", 1<<28-1<<13), certain: octBits("Certain", 1<<29-1<<14-1),
		tiny: octBits("Tiny", 1<<23-1), abs32: octBits("Abs32", 1<<31-1), minusOne: octBits("MinusOne", 1<<32-1),
		least: octBits("Least", (1023-151)<<20), tinyRange: octBits("TinyRange", (151-126)<<20-1),
		mantissa: quadBits("Mantissa", 1<<52-1), sqrt2: quadBits("Sqrt2", 0x6a09e667f3bcd), twoTo52: quad("TwoTo52", 0x1p52),
		bias52: quad("Bias52", 0x1p52+1023), largest: quad("Largest", math.MaxFloat32), midpoint: quad("Midpoint", 1+0x1p-24),
	}
	k.exactSum, k.sqrt2Less1, k.ln2, k.minusHalf = quad("ExactSum", 0x1p-29), quad("Sqrt2Less1", math.Sqrt2-1), quad("Ln2", math.Ln2), quad("MinusHalf", -0.5)
	k.geluTop, k.erfTop, k.root2, k.tailCenter = quad("GeluTop", 15), quad("ErfTop", 8), quad("Root2", math.Sqrt2), quad("TailCenter", tailCenter)
	k.twoOverPi, k.round, k.unit, k.nothing = quad("TwoOverPi", 2/math.Pi), quad("Round", 0x1.8p52), quadBits("Unit", 1), quad("Nothing", 0)
	k.halfPi1, k.halfPi2 = quad("HalfPi1", 0x1.921fb54400000p+0), quad("HalfPi2", 0x1.0b4611a626331p-34)
	k.sinTop, k.sinLeast = quad("SinTop", 0x1p20), quad("SinLeast", 0x1p-20)
	k.tailPoly, k.erfPoly = quads("Tail", tailPoly), quads("Erf", erfPoly)
	k.sinPoly, k.cosPoly = quads("Sin", sinPoly), quads("Cos", cosPoly)
	k.expPoly, k.logPoly = quads("Exp", expPoly), quads("Log", logPoly)
	return k
}

func quads(name string, c []float64) []Mem {
	var m []Mem
	for i, v := range c {
		m = append(m, quad(name+"Poly"+itoa(i), v))
	}
	return m
}

func quad(name string, v float64) Mem { return quadBits(name, math.Float64bits(v)) }

func octBits(name string, u uint32) Mem { return quadBits(name, uint64(u)<<32|uint64(u)) }

func quadBits(name string, u uint64) Mem {
	m := GLOBL("k"+name, RODATA|NOPTR)
	for i := range 4 {
		DATA(8*i, U64(u))
	}
	return m
}

func function(name string, k *table, lanes func(x reg.VecVirtual) reg.VecVirtual) {
	start(name, "n int, x, y *float32, doubt *uint8", name+" works on n vectors of 8.")
	n, x, y, doubt := param("n"), param("x"), param("y"), param("doubt")
	loop(n, func() {
		var r [2]reg.VecVirtual
		for h := range r {
			v := YMM()
			VCVTPS2PD(Mem{Base: x, Disp: 16 * h}, v)
			r[h] = lanes(v)
		}
		near := k.nearMidpoint(r)
		if vanishing[name] {
			VPOR(k.small(r), near, near)
		}
		low, high, out := XMM(), XMM(), YMM()
		VCVTPD2PSY(r[0], low)
		VCVTPD2PSY(r[1], high)
		VINSERTF128(Imm(1), high, low.AsY(), out)
		VMOVUPS(out, Mem{Base: y})
		if !vanishing[name] {
			VPOR(k.subnormal(out), near, near)
		}
		m := GP32()
		VMOVMSKPS(near, m)
		MOVB(m.As8(), Mem{Base: doubt})
		ADDQ(Imm(32), x)
		ADDQ(Imm(32), y)
		INCQ(doubt)
	})
	end()
}

// vanishing has the functions whose results may lie between zero and the least float32. The others' small results are about as small as x.
var vanishing = map[string]bool{"expv": true, "sigmoidv": true, "softplusv": true, "geluv": true}

// nearMidpoint returns the lanes whose 29 bits below the float32 are within 2^13 of a midpoint, 2^-39 of the value. The low halves of
// the float64 have them.
func (k *table) nearMidpoint(r [2]reg.VecVirtual) reg.VecVirtual {
	near := gathered(0x88, r)
	VPADDD(k.doubtShift, near, near)
	VPAND(k.lowBits, near, near)
	VPCMPGTD(k.certain, near, near)
	return near
}

// gathered returns the low (0x88) or high (0xdd) halves of eight float64, in order.
func gathered(halves uint64, r [2]reg.VecVirtual) reg.VecVirtual {
	v := YMM()
	VSHUFPS(Imm(halves), r[1], r[0], v)
	VPERMQ(Imm(0xd8), v, v)
	return v
}

// small returns the lanes with 2^-151 <= |r| < 2^-126, by the high halves.
func (k *table) small(r [2]reg.VecVirtual) reg.VecVirtual {
	v, most := gathered(0xdd, r), YMM()
	VPAND(k.abs32, v, v)
	VPSUBD(k.least, v, v)
	VPMINUD(k.tinyRange, v, most)
	VPCMPEQD(most, v, v)
	return v
}

// subnormal returns the lanes with 0 < |y| <= 2^-126.
func (k *table) subnormal(y reg.VecVirtual) reg.VecVirtual {
	v, most := YMM(), YMM()
	VPAND(k.abs32, y, v)
	VPADDD(k.minusOne, v, v)
	VPMINUD(k.tiny, v, most)
	VPCMPEQD(most, v, v)
	return v
}

// twos returns c[0] + c[1]·x, c[2] + c[3]·x, ...
func twos(x reg.VecVirtual, c []Mem) []reg.VecVirtual {
	a := ymms(len(c) / 2)
	for i := range a {
		VMOVUPD(c[2*i+1], a[i])
		VFMADD213PD(c[2*i], x, a[i])
	}
	return a
}

// expm1Parts returns p and s with e^v = s + s·p, s a power of two, |v| <= 200; a NaN stays one.
func (k *table) expm1Parts(v reg.VecVirtual) (p, s reg.VecVirtual) {
	n, r := YMM(), YMM()
	VMULPD(k.log2e, v, n)
	VROUNDPD(Imm(0), n, n)
	VMOVAPD(v, r)
	VFNMADD231PD(k.ln2hi, n, r)
	VFNMADD231PD(k.ln2lo, n, r)
	s = YMM()
	VADDPD(k.magic, n, s)
	VPSLLQ(Imm(52), s, s)
	r2, r4 := YMM(), YMM()
	VMULPD(r, r, r2)
	VMULPD(r2, r2, r4)
	a := twos(r, k.expPoly)
	VFMADD231PD(a[1], r2, a[0])
	VFMADD231PD(a[3], r2, a[2])
	VFMADD231PD(a[2], r4, a[0])
	p = YMM()
	VMOVAPD(r, p)
	VFMADD231PD(a[0], r2, p)
	return p, s
}

// clamp limits v to [-200, 200] and keeps a NaN: MIN and MAX return their second source then.
func (k *table) clamp(v reg.VecVirtual) {
	l := YMM()
	VMOVUPD(k.top, l)
	VMINPD(v, l, v)
	VMOVUPD(k.bottom, l)
	VMAXPD(v, l, v)
}

func (k *table) expLanes(v reg.VecVirtual) reg.VecVirtual {
	k.clamp(v)
	p, s := k.expm1Parts(v)
	VFMADD213PD(s, s, p)
	return p
}

// tanhLanes: with e = e^(2|x|) - 1, tanh |x| = e/(e+2).
func (k *table) tanhLanes(v reg.VecVirtual) reg.VecVirtual {
	sign := YMM()
	VANDPD(k.sign, v, sign)
	VANDPD(k.abs, v, v)
	VADDPD(v, v, v)
	l := YMM()
	VMOVUPD(k.top, l)
	VMINPD(v, l, v)
	p, s := k.expm1Parts(v)
	less := YMM()
	VMOVAPD(s, less)
	VSUBPD(k.one, less, less)
	VFMADD213PD(less, s, p)
	d := YMM()
	VADDPD(k.two, p, d)
	VDIVPD(d, p, p)
	VORPD(sign, p, p)
	return p
}

// sigmoidLanes: 1/(1+e^-x).
func (k *table) sigmoidLanes(v reg.VecVirtual) reg.VecVirtual {
	VXORPD(k.sign, v, v)
	e := k.expLanes(v)
	VADDPD(k.one, e, e)
	one := YMM()
	VMOVUPD(k.one, one)
	VDIVPD(e, one, e)
	return e
}

// logLanes: x = m·2^e with m in [sqrt(1/2), sqrt(2)), ln m = 2·atanh((m-1)/(m+1)). 0, negative numbers, infinities and NaN give
// a midpoint, so that they are in doubt.
func (k *table) logLanes(v reg.VecVirtual) reg.VecVirtual {
	mant, carry, e := YMM(), YMM(), YMM()
	VPAND(k.mantissa, v, mant)
	VPCMPGTQ(k.sqrt2, mant, carry) // all ones where m > sqrt(2)
	VPSRLQ(Imm(52), v, e)          // biased exponent, sign must be 0
	VPSUBQ(carry, e, e)            // + 1
	m := YMM()
	VPOR(k.one, mant, m) // in [1, 2)
	hm := YMM()
	VMULPD(k.half, m, hm)
	VBLENDVPD(carry, hm, m, m)
	magic := YMM()
	VMOVUPD(k.bias52, magic)
	ed := YMM()
	VPOR(k.twoTo52, e, ed)
	VSUBPD(magic, ed, ed) // e as float64
	VSUBPD(k.one, m, m)
	r := k.log1pSmall(m)
	VFMADD231PD(k.ln2lo, ed, r)
	VFMADD231PD(k.ln2hi, ed, r)
	zero, ok, small := YMM(), YMM(), YMM()
	VXORPD(zero, zero, zero)
	VCMPPD(Imm(0x1e), zero, v, ok)         // v > 0
	VCMPPD(Imm(0x12), k.largest, v, small) // v <= the largest float32
	VANDPD(small, ok, ok)
	return k.inDoubt(r, ok)
}

// log1pSmall returns ln(1+d) = 2·atanh(d/(2+d)), sqrt(1/2) <= 1+d <= sqrt(2), with a small relative error.
func (k *table) log1pSmall(d reg.VecVirtual) reg.VecVirtual {
	den, s := YMM(), YMM()
	VADDPD(k.two, d, den)
	VDIVPD(den, d, s)
	z, z2, z4 := YMM(), YMM(), YMM()
	VMULPD(s, s, z)
	VMULPD(z, z, z2)
	VMULPD(z2, z2, z4)
	a := twos(z, k.logPoly)
	VFMADD231PD(a[1], z2, a[0])
	VFMADD231PD(k.logPoly[4], z4, a[0])
	VADDPD(s, s, s)
	VMULPD(z, a[0], a[0])
	r := YMM()
	VMOVAPD(s, r)
	VFMADD231PD(a[0], s, r) // 2s(1 + z·q)
	return r
}

// inDoubt replaces the lanes of r where mask is clear by a midpoint.
func (k *table) inDoubt(r, mask reg.VecVirtual) reg.VecVirtual {
	out := YMM()
	VMOVUPD(k.midpoint, out)
	VBLENDVPD(mask, r, out, out)
	return out
}

// expm1Lanes takes the sign of x again, which 0 has lost on the way.
func (k *table) expm1Lanes(v reg.VecVirtual) reg.VecVirtual {
	sign := YMM()
	VANDPD(k.sign, v, sign)
	k.clamp(v)
	p, s := k.expm1Parts(v)
	less := YMM()
	VSUBPD(k.one, s, less)
	VFMADD213PD(less, s, p)
	VORPD(sign, p, p)
	return p
}

// log1pLanes: 1+x is exact in float64 from 2^-29 on; below, x - x²/2 is enough.
func (k *table) log1pLanes(v reg.VecVirtual) reg.VecVirtual {
	u, a, small, sq := YMM(), YMM(), YMM(), YMM()
	VADDPD(k.one, v, u)
	r := k.logLanes(u)
	VANDPD(k.abs, v, a)
	VCMPPD(Imm(0x11), k.exactSum, a, small) // |x| < 2^-29
	VMULPD(v, v, sq)
	VMULPD(k.half, sq, sq)
	VSUBPD(sq, v, sq)
	VBLENDVPD(small, sq, r, r)
	return r
}

// softplusLanes: max(x, 0) + ln(1+e), e = e^-|x|; ln(1+e) = ln 2 + ln(1 + (e-1)/2) where 1+e is above sqrt(2).
func (k *table) softplusLanes(v reg.VecVirtual) reg.VecVirtual {
	top, e := YMM(), YMM()
	VXORPD(top, top, top)
	VMAXPD(v, top, top) // intel: max(0, v), NaN -> v
	VORPD(k.sign, v, e)
	bottom := YMM()
	VMOVUPD(k.bottom, bottom)
	VMAXPD(e, bottom, e)
	e = k.expNoClamp(e)
	big, d, add := YMM(), YMM(), YMM()
	VCMPPD(Imm(0x1e), k.sqrt2Less1, e, big)
	VSUBPD(k.one, e, d)
	VMULPD(k.half, d, d)
	VBLENDVPD(big, d, e, d)
	VANDPD(k.ln2, big, add)
	r := k.log1pSmall(d)
	VADDPD(add, r, r)
	VADDPD(top, r, r)
	return r
}

func (k *table) expNoClamp(v reg.VecVirtual) reg.VecVirtual {
	p, s := k.expm1Parts(v)
	VFMADD213PD(s, s, p)
	return p
}

// tail returns Φ(-a) for a >= 0 and square = a², fastTail of the Go code.
func (k *table) tail(a, square reg.VecVirtual) reg.VecVirtual {
	e := YMM()
	VMULPD(k.minusHalf, square, e)
	l := YMM()
	VMOVUPD(k.bottom, l)
	VMAXPD(e, l, e)
	e = k.expNoClamp(e)
	num, den := YMM(), YMM()
	VSUBPD(k.tailCenter, a, num)
	VADDPD(k.tailCenter, a, den)
	VDIVPD(den, num, num)
	VDIVPD(den, e, e)
	q := horner(num, k.tailPoly)
	VMULPD(e, q, q)
	return q
}

// horner evaluates the even and the odd powers side by side: one long chain would wait for itself.
func horner(x reg.VecVirtual, c []Mem) reg.VecVirtual {
	square := YMM()
	VMULPD(x, x, square)
	var part [2]reg.VecVirtual
	for h := range 2 {
		top := (len(c)-1-h)/2*2 + h
		part[h] = YMM()
		VMOVUPD(c[top], part[h])
		for i := top - 2; i >= 0; i -= 2 {
			VFMADD213PD(c[i], square, part[h])
		}
	}
	VFMADD231PD(part[1], x, part[0])
	return part[0]
}

// geluLanes: x·Φ(x); beyond 15 in doubt.
func (k *table) geluLanes(v reg.VecVirtual) reg.VecVirtual {
	a, square, ok := YMM(), YMM(), YMM()
	VANDPD(k.abs, v, a)
	VCMPPD(Imm(0x12), k.geluTop, a, ok) // |x| <= 15
	VMULPD(v, v, square)
	q := k.tail(a, square)
	up := YMM()
	VMOVUPD(k.one, up)
	VSUBPD(q, up, up)
	VBLENDVPD(v, q, up, q) // by the sign of x
	VMULPD(v, q, q)
	return k.inDoubt(q, ok)
}

// erfLanes: a series below 1/2, 1 - 2·Φ(-sqrt(2)·x) above.
func (k *table) erfLanes(v reg.VecVirtual) reg.VecVirtual {
	sign, a, square, small, l := YMM(), YMM(), YMM(), YMM(), YMM()
	VANDPD(k.sign, v, sign)
	VANDPD(k.abs, v, a)
	VMOVUPD(k.erfTop, l)
	VMINPD(a, l, a) // erf 8 is 1 and nothing changes; NaN stays
	VCMPPD(Imm(0x11), k.half, a, small)
	VMULPD(a, a, square)
	series := horner(square, k.erfPoly)
	VMULPD(a, series, series)
	VADDPD(square, square, square)
	VMULPD(k.root2, a, a)
	q := k.tail(a, square)
	VADDPD(q, q, q)
	r := YMM()
	VMOVUPD(k.one, r)
	VSUBPD(q, r, r)
	VBLENDVPD(small, series, r, r)
	VORPD(sign, r, r)
	return r
}

// sinLanes returns sin(x + turn·π/2): x = q·π/2 + r. Beyond 2^20, and where r is tiny by cancellation, in doubt.
func (k *table) sinLanes(v reg.VecVirtual, turn int) reg.VecVirtual {
	n, q, r, ok, a := YMM(), YMM(), YMM(), YMM(), YMM()
	VMULPD(k.twoOverPi, v, n)
	VROUNDPD(Imm(0), n, n)
	VADDPD(k.round, n, q) // the integer is in the low bits
	if turn == 1 {
		VPADDQ(k.unit, q, q)
	}
	VMOVAPD(v, r)
	VFNMADD231PD(k.halfPi1, n, r)
	VFNMADD231PD(k.halfPi2, n, r)
	VANDPD(k.abs, v, a)
	VCMPPD(Imm(0x12), k.sinTop, a, ok)
	far, zero := YMM(), YMM()
	VANDPD(k.abs, r, a)
	VCMPPD(Imm(0x1e), k.sinLeast, a, far)
	VXORPD(zero, zero, zero)
	VCMPPD(Imm(0), zero, n, zero)
	VORPD(zero, far, far)
	VANDPD(far, ok, ok)
	z := YMM()
	VMULPD(r, r, z)
	s, c := horner(z, k.sinPoly), horner(z, k.cosPoly)
	VMULPD(z, s, s)
	VMULPD(z, c, c)
	VFMADD213PD(r, r, s) // r + r·s
	VADDPD(k.one, c, c)
	odd, sign := YMM(), YMM()
	VPSLLQ(Imm(63), q, odd)
	VBLENDVPD(odd, c, s, s)
	VPSLLQ(Imm(62), q, sign)
	VANDPD(k.sign, sign, sign)
	VXORPD(sign, s, s)
	if turn == 0 { // sin(-0) is -0
		VANDPD(k.sign, v, a)
		VCMPPD(Imm(0), k.nothing, v, zero)
		VANDPD(zero, a, a)
		VORPD(a, s, s)
	}
	return k.inDoubt(s, ok)
}
