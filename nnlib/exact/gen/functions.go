package main

import (
	"math"
	"math/big"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// functions emits f(x) for 8 float32 a turn through 2 x 4 float64 of about 2^-48. doubt[i] gets a bit for each of the eight whose
// float64 lies so near a midpoint of two float32 (or in the subnormal range) that its rounding is not certain: the caller
// computes those again. The bits therefore do not depend on how the float64 is reached.
func functions() {
	k := constants()
	function("expv", k, k.expLanes)
	function("tanhv", k, k.tanhLanes)
	function("sigmoidv", k, k.sigmoidLanes)
	function("logv", k, k.logLanes)
}

// A table holds the constants, each four times in memory.
type table struct {
	log2e, ln2hi, ln2lo, magic, top, bottom, one, two, half, abs, sign Mem
	factorial                                                          []Mem // 1/2!, 1/3!, ...
	doubtShift, lowBits, doubtWidth, tiny, least                       Mem
	odd                                                                []Mem // 1, 1/3, 1/5, ...
	mantissa, sqrt2, twoTo52, bias52, largest, midpoint                Mem
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
		lowBits: quadBits("LowBits", 1<<29-1), doubtShift: quadBits("DoubtShift", ^uint64(1<<28-1<<10)+1), doubtWidth: quadBits("DoubtWidth", 1<<11),
		tiny: quad("Tiny", 0x1p-126), least: quad("Least", 0x1p-151),
		mantissa: quadBits("Mantissa", 1<<52-1), sqrt2: quadBits("Sqrt2", 0x6a09e667f3bcd), twoTo52: quad("TwoTo52", 0x1p52),
		bias52: quad("Bias52", 0x1p52+1023), largest: quad("Largest", math.MaxFloat32), midpoint: quad("Midpoint", 1+0x1p-24),
	}
	f := 2.0
	for i := range 12 {
		k.factorial = append(k.factorial, quad("Factorial"+itoa(i+2), 1/f))
		f *= float64(i + 3)
	}
	for i := range 12 {
		k.odd = append(k.odd, quad("Odd"+itoa(2*i+1), 1/float64(2*i+1)))
	}
	return k
}

func quad(name string, v float64) Mem { return quadBits(name, math.Float64bits(v)) }

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
		var masks [2]reg.GPVirtual
		var out [2]reg.VecVirtual
		for h := range 2 {
			v := YMM()
			VCVTPS2PD(Mem{Base: x, Disp: 16 * h}, v)
			r := lanes(v)
			masks[h] = k.doubtful(r)
			out[h] = XMM()
			VCVTPD2PSY(r, out[h])
		}
		for h := range 2 {
			VMOVUPS(out[h], Mem{Base: y, Disp: 16 * h})
		}
		SHLL(Imm(4), masks[1].As32())
		ORL(masks[0].As32(), masks[1].As32())
		MOVB(masks[1].As8(), Mem{Base: doubt})
		ADDQ(Imm(32), x)
		ADDQ(Imm(32), y)
		INCQ(doubt)
	})
	end()
}

// doubtful returns a bit per lane whose 29 bits below the float32 are within 2^10 of a midpoint, or 2^-151 <= |r| < 2^-126.
func (k *table) doubtful(r reg.VecVirtual) reg.GPVirtual {
	near, width := YMM(), YMM()
	VPADDQ(k.doubtShift, r, near)
	VPAND(k.lowBits, near, near)
	VMOVUPD(k.doubtWidth, width)
	VPCMPGTQ(near, width, near) // width > near
	a, sub, least := YMM(), YMM(), YMM()
	VANDPD(k.abs, r, a)
	VMOVUPD(k.tiny, sub)
	VPCMPGTQ(a, sub, sub) // 2^-126 > |r|, as integers
	VMOVUPD(k.least, least)
	VPCMPGTQ(least, a, a) // |r| > 2^-151
	VPAND(a, sub, sub)
	VPOR(sub, near, near)
	m := GP64()
	VMOVMSKPD(near, m.As32())
	return m
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
	a := ymms(6)
	for i := range a {
		VMOVUPD(k.factorial[2*i+1], a[i])
		VFMADD213PD(k.factorial[2*i], r, a[i])
	}
	VFMADD231PD(a[1], r2, a[0])
	VFMADD231PD(a[3], r2, a[2])
	VFMADD231PD(a[5], r2, a[4])
	VFMADD231PD(a[4], r4, a[2])
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
	num, den, s := YMM(), YMM(), YMM()
	VSUBPD(k.one, m, num)
	VADDPD(k.one, m, den)
	VDIVPD(den, num, s)
	z, z2, z4 := YMM(), YMM(), YMM()
	VMULPD(s, s, z)
	VMULPD(z, z, z2)
	VMULPD(z2, z2, z4)
	a := ymms(5) // 1/3 + z/5, 1/7 + z/9, ...
	for i := range a {
		VMOVUPD(k.odd[2*i+2], a[i])
		VFMADD213PD(k.odd[2*i+1], z, a[i])
	}
	VFMADD231PD(a[1], z2, a[0])
	VFMADD231PD(a[3], z2, a[2])
	VFMADD231PD(a[4], z4, a[2])
	VFMADD231PD(a[2], z4, a[0])
	VADDPD(s, s, s)
	VMULPD(z, a[0], a[0])
	r := YMM()
	VMOVAPD(s, r)
	VFMADD231PD(a[0], s, r) // 2s(1 + z·q)
	VFMADD231PD(k.ln2lo, ed, r)
	VFMADD231PD(k.ln2hi, ed, r)
	zero, ok, small := YMM(), YMM(), YMM()
	VXORPD(zero, zero, zero)
	VCMPPD(Imm(0x1e), zero, v, ok)         // v > 0
	VCMPPD(Imm(0x12), k.largest, v, small) // v <= the largest float32
	VANDPD(small, ok, ok)
	out := YMM()
	VMOVUPD(k.midpoint, out)
	VBLENDVPD(ok, r, out, out)
	return out
}
