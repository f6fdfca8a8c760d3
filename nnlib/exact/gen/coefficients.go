package main

// Written by ../testdata/coefficients.py.

const tailCenter = 4

// expPoly: (e^r - 1 - r)/r², |r| <= ln 2/2.
var expPoly = []float64{
	0x1.fffffffffe062p-2,
	0x1.5555555554f96p-3,
	0x1.55555565c7e0ep-5,
	0x1.111111170bc08p-7,
	0x1.6c166bde96885p-10,
	0x1.a019c36bc053cp-13,
	0x1.a136bf03ec612p-16,
	0x1.72ad458027fbcp-19,
}

// logPoly: (atanh(s)/s - 1)/z in z = s², |s| <= 3 - 2·sqrt(2).
var logPoly = []float64{
	0x1.5555555564f23p-2,
	0x1.999998ca9ec73p-3,
	0x1.2493242f22b76p-3,
	0x1.c67ab529f564fp-4,
	0x1.8c8edd9198f8ep-4,
}

// sinPoly: (sin(r)/r - 1)/z in z = r², |r| <= π/4.
var sinPoly = []float64{
	-0x1.5555555555555p-3,
	0x1.1111111110bb1p-7,
	-0x1.a01a019e83460p-13,
	0x1.71de379607474p-19,
	-0x1.ae600a7a70c62p-26,
	0x1.5e0ae8e372075p-33,
}

// cosPoly: (cos(r) - 1)/z in z = r², |r| <= π/4.
var cosPoly = []float64{
	-0x1.ffffffffffffap-2,
	0x1.5555555554130p-5,
	-0x1.6c16c1691ccdcp-10,
	0x1.a019fc7a56acfp-16,
	-0x1.27e0f4f9017e3p-22,
	0x1.1c061a0b1bd70p-29,
}

// erfPoly: erf(x)/x in z = x², |x| <= 1/2.
var erfPoly = []float64{
	0x1.20dd750429b6ap+0,
	-0x1.812746b0360e2p-2,
	0x1.ce2f219e34cc1p-4,
	-0x1.b82ce20b0d02dp-6,
	0x1.565b8c26bce7fp-8,
	-0x1.c01c4d48c53fbp-11,
	0x1.f70acf658bd21p-14,
	-0x1.c0b68bc7545bbp-17,
}

// tailPoly: (a+4)·Φ(-a)·e^(a²/2) in t = (a-4)/(a+4), 0 <= a <= 15.
var tailPoly = []float64{
	0x1.82b4bb8c94c3cp-1,
	-0x1.373e3a893e6a1p-1,
	0x1.8c6dbf2d0aa04p-2,
	-0x1.7dff2bfb92e82p-3,
	0x1.eec4cc4eab860p-5,
	-0x1.ee276d591b943p-8,
	-0x1.c81749678b7afp-9,
	0x1.ab843a4c58b15p-10,
	0x1.17c9cc2af1393p-13,
	-0x1.e4dbf632915c1p-13,
	-0x1.3284ec38288c8p-19,
	0x1.27339e4a3bf86p-15,
	0x1.b5e80fa70c132p-20,
	-0x1.6647be659d35cp-18,
	-0x1.6d8cfe8b58fafp-20,
}
