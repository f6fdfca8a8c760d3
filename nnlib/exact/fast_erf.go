package exact

import "math"

// tailCenter and tailPoly give the normal tail: Φ(-a) = e^(-a²/2)·P((a-4)/(a+4))/(a+4), 0 <= a <= 15, to 2^-50: interpolation of
// (a+4)·erfc(a/sqrt(2))·e^(a²/2)/2 in the Chebyshev points (testdata/tail.py).
const tailCenter = 4

var tailPoly = [...]float64{
	0x1.82b4bb8c94dcep-1,
	-0x1.373e3a893c28ep-1,
	0x1.8c6dbf2cfc257p-2,
	-0x1.7dff2bff67b4bp-3,
	0x1.eec4cc3e59c9dp-5,
	-0x1.ee276106b52cap-8,
	-0x1.c81719eb6b8eap-9,
	0x1.ab82603eaa25ap-10,
	0x1.17a4c226a1ac7p-13,
	-0x1.e4a43e32d21d5p-13,
	-0x1.0047072dfb782p-19,
	0x1.26d12d27fd764p-15,
	0x1.83b15cb502cb6p-21,
	-0x1.8d1cc2b28286ep-18,
	-0x1.59a785adba3bdp-21,
	0x1.0df672a680600p-20,
	0x1.3492072548267p-22,
	-0x1.04cad7996961bp-23,
	-0x1.5a8dda1991785p-24,
	-0x1.9969278abf1bdp-27,
	0x1.4d39850822e02p-31,
}

// erfPoly holds the series of erf x/x in x²: (-1)^n·2/sqrt(π)/(n!(2n+1)).
var erfPoly = [...]float64{
	0x1.20dd750429b6dp+0,
	-0x1.812746b0379e7p-2,
	0x1.ce2f21a042be2p-4,
	-0x1.b82ce31288b51p-6,
	0x1.565bcd0e6a53fp-8,
	-0x1.c02db40040b86p-11,
	0x1.f9a326f9b89b7p-14,
	-0x1.f4d25c3e0c2ebp-17,
	0x1.b9e6c9dc651a3p-20,
	-0x1.5f742ec43e71ap-23,
	0x1.fcc5720624c1cp-27,
	-0x1.51d7181c5d36dp-30,
	0x1.9e6ad5e55a730p-34,
}

// fastTail returns Φ(-a)·e^(square/2), a >= 0.
func fastTail(a float64) float64 {
	return horner((a-tailCenter)/(a+tailCenter), tailPoly[:]) / (a + tailCenter)
}

// fastGelu returns x·Φ(x), |x| <= 15.
func fastGelu(x float64) float64 {
	a := math.Abs(x)
	q := float64(fastExp(-0.5*float64(a*a)) * fastTail(a))
	if x > 0 {
		q = 1 - q
	}
	return x * q
}

// fastErf returns erf a, 0 <= a <= 4.
func fastErf(a float64) float64 {
	z := float64(a * a)
	if a < 0.5 {
		return a * horner(z, erfPoly[:])
	}
	return 1 - float64(float64(2*fastExp(-z))*fastTail(float64(math.Sqrt2*a)))
}

func horner(x float64, c []float64) float64 {
	s := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		s = float64(s*x) + c[i]
	}
	return s
}
