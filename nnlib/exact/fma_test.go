package exact

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// FMA32 against math/big on any bits, near cancellations, sums far apart and subnormal results.
func TestFMA32AgainstBig(t *testing.T) {
	r := random(t)
	for i := range cases(200000) {
		a, b, c := drawFMA(r, i)
		if math.IsInf(float64(a), 0) || math.IsInf(float64(b), 0) || math.IsInf(float64(c), 0) || a != a || b != b || c != c {
			continue
		}
		got, want := FMA32(a, b, c), bigFMA(a, b, c)
		if math.Float32bits(got) != math.Float32bits(want) && (got != 0 || want != 0) { // the sign of an exact zero is checked below
			t.Fatalf("FMA32(%x, %x, %x) = %x, want %x", math.Float32bits(a), math.Float32bits(b), math.Float32bits(c), math.Float32bits(got), math.Float32bits(want))
		}
	}
	negZero := float32(math.Copysign(0, -1))
	if math.Float32bits(FMA32(0, 1, negZero)) != 0 || math.Float32bits(FMA32(negZero, 1, negZero)) != 1<<31 || math.Float32bits(FMA32(1, 1, -1)) != 0 {
		t.Error("the sign of a zero sum is wrong")
	}
}

func drawFMA(r *rand.Rand, i int) (a, b, c float32) {
	a, b, c = math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32())
	switch i % 4 {
	case 1:
		c = math.Float32frombits(math.Float32bits(-a*b) + uint32(r.Intn(5)))
	case 2:
		e := uint32(r.Intn(60) + 90)
		a, b = math.Float32frombits(e<<23|r.Uint32()&0x807f0000), math.Float32frombits(127<<23|r.Uint32()&0x7f0000)
		c = math.Float32frombits((e+uint32(r.Intn(30)))<<23 | r.Uint32()&0x7fffff)
	case 3:
		a, b = math.Float32frombits(uint32(r.Intn(60)+30)<<23|r.Uint32()&0x7fffff), math.Float32frombits(uint32(r.Intn(60)+10)<<23|r.Uint32()&0x7fffff)
		c = math.Float32frombits(r.Uint32() & 0x807fffff)
	}
	return a, b, c
}

func bigFMA(a, b, c float32) float32 {
	f := func(x float32) *big.Float { return new(big.Float).SetPrec(700).SetFloat64(float64(x)) }
	v, _ := new(big.Float).SetPrec(700).Add(new(big.Float).SetPrec(700).Mul(f(a), f(b)), f(c)).Float32()
	return v
}
