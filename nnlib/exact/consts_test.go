package exact

import (
	"math"
	"math/big"
	"testing"
)

const bigPrec = 1500

func bigOf(x float64) *big.Float { return new(big.Float).SetPrec(bigPrec).SetFloat64(x) }

func quo(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(bigPrec).Quo(a, b) }

// series sums first·(1 + x/3·1 + x²/5 + ...) with alternating signs when x < 0: atan and atanh of 1/n by x = ∓1/n².
func series(n int64, sign float64) *big.Float {
	term, sum := quo(bigOf(1), bigOf(float64(n))), bigOf(0)
	square := quo(bigOf(sign), bigOf(float64(n*n)))
	for i := 1.0; term.MantExp(nil) > -bigPrec; i += 2 {
		sum.Add(sum, quo(term, bigOf(i)))
		term.Mul(term, square)
	}
	return sum
}

// bigLog is 2·atanh((x-1)/(x+1)).
func bigLog(x *big.Float) *big.Float {
	above, below := new(big.Float).SetPrec(bigPrec).Sub(x, bigOf(1)), new(big.Float).SetPrec(bigPrec).Add(x, bigOf(1))
	term := quo(above, below)
	square, sum := new(big.Float).SetPrec(bigPrec).Mul(term, term), bigOf(0)
	for i := 1.0; term.MantExp(nil) > -bigPrec; i += 2 {
		sum.Add(sum, quo(term, bigOf(i/2)))
		term.Mul(term, square)
	}
	return sum
}

// The constants against math/big: π = 16·atan(1/5) - 4·atan(1/239) (Machin), ln 2 = 2·atanh(1/3), ln 10 = 3·ln 2 + 2·atanh(1/9).
func TestConstants(t *testing.T) {
	times := func(k float64, x *big.Float) *big.Float { return new(big.Float).SetPrec(bigPrec).Mul(bigOf(k), x) }
	pi := times(16, series(5, -1))
	pi.Sub(pi, times(4, series(239, -1)))
	ln2 := times(2, series(3, 1))
	ln10 := times(3, ln2)
	ln10.Add(ln10, times(2, series(9, 1)))
	halfLn2Pi := bigLog(pi)
	halfLn2Pi.Mul(halfLn2Pi.Add(halfLn2Pi, ln2), bigOf(0.5))
	root := func(x *big.Float) *big.Float { return new(big.Float).SetPrec(bigPrec).Sqrt(x) }
	// Euler's constant, OEIS A001620
	euler, _, err := big.ParseFloat("0.57721566490153286060651209008240243104215933593992359880576723488486", 10, bigPrec, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		got  dd
		want *big.Float
	}{
		"ln 2": {ddLn2, ln2}, "1/ln 2": {ddInvLn2, quo(bigOf(1), ln2)}, "1/ln 10": {ddInvLn10, quo(bigOf(1), ln10)}, "π": {ddPi, pi}, "π/2": {ddHalfPi, times(0.5, pi)},
		"sqrt 1/2": {ddSqrtHalf, root(bigOf(0.5))}, "2/π": {ddTwoOverPi, quo(bigOf(2), pi)}, "2/sqrt π": {ddTwoOverRtPi, quo(bigOf(2), root(pi))},
		"1/sqrt π": {ddInvRtPi, quo(bigOf(1), root(pi))}, "γ": {ddEuler, euler}, "ln(2π)/2": {ddHalfLn2Pi, halfLn2Pi},
	} {
		nearBig(t, name, c.got, c.want)
	}
	factorial := bigOf(1)
	for n, c := range invFact {
		if n > 0 {
			factorial.Mul(factorial, bigOf(float64(n)))
		}
		nearBig(t, "1/n!", c, quo(bigOf(1), factorial))
	}
	rest := quo(bigOf(2), pi)
	for i, word := range twoOverPiBits {
		rest.Mul(rest, new(big.Float).SetMantExp(bigOf(1), 64))
		whole, _ := rest.Uint64()
		if whole != word {
			t.Fatalf("word %d of 2/π is %x, want %x", i, word, whole)
		}
		rest.Sub(rest, new(big.Float).SetPrec(bigPrec).SetUint64(whole))
	}
}

// nearBig asserts that c is as near as two float64 can be: the first the nearest, the second the nearest to the rest.
func nearBig(t *testing.T, name string, c dd, want *big.Float) {
	t.Helper()
	hi, _ := want.Float64()
	lo, _ := new(big.Float).SetPrec(bigPrec).Sub(want, bigOf(hi)).Float64()
	if c.hi != hi || math.Abs(c.lo-lo) > 0x1p-106*math.Abs(hi) {
		t.Errorf("%s is %x + %x, want %x + %x", name, c.hi, c.lo, hi, lo)
	}
}
