package experiment

import (
	"math"

	"reprise/nnlib/exact"
)

// The special functions that the distributions below need. Each is a fixed
// sequence of IEEE operations and functions of nnlib/exact.

// tiny keeps the continued fractions from dividing by zero (modified Lentz
// method, Thompson and Barnett 1986).
const (
	tiny    = 1e-300
	epsilon = 0x1p-53
	maxTerm = 10000
)

// betaInc is the regularised incomplete beta function I_x(a, b), DLMF 8.17.22.
func betaInc(a, b, x float64) float64 {
	switch {
	case math.IsNaN(a) || math.IsNaN(b) || math.IsNaN(x):
		return math.NaN()
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaInc(b, a, 1-x)
	}
	logFactor := float64(a*exact.Log(x)) + float64(b*exact.Log1p(-x)) - logBeta(a, b)
	return exact.Exp(logFactor) * betaFraction(a, b, x) / a
}

func betaFraction(a, b, x float64) float64 {
	c, d := 1.0, 1/clear0(1-float64((a+b)*x)/(a+1))
	h := d
	for i := 1; i < maxTerm; i++ {
		m := float64(i)
		even := float64(m*(b-m)) * x / (float64((a + float64(2*m) - 1) * (a + float64(2*m))))
		d = 1 / clear0(1+float64(even*d))
		c = clear0(1 + even/c)
		h *= d * c
		odd := -float64((a+m)*(a+b+m)) * x / (float64((a + float64(2*m)) * (a + float64(2*m) + 1)))
		d = 1 / clear0(1+float64(odd*d))
		c = clear0(1 + odd/c)
		step := float64(d * c)
		h *= step
		if math.Abs(step-1) <= epsilon {
			break
		}
	}
	return h
}

func clear0(x float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

func logBeta(a, b float64) float64 {
	la, _ := exact.Lgamma(a)
	lb, _ := exact.Lgamma(b)
	lab, _ := exact.Lgamma(a + b)
	return la + lb - lab
}

// gammaIncUpper is the regularised upper incomplete gamma function Q(a, x):
// its series below the mean, its continued fraction above (DLMF 8.11.4, 8.9.2).
func gammaIncUpper(a, x float64) float64 {
	if x <= 0 {
		return 1
	}
	lg, _ := exact.Lgamma(a)
	factor := exact.Exp(float64(a*exact.Log(x)) - x - lg)
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1; n < maxTerm && term > float64(sum*epsilon); n++ {
			term = float64(term * (x / (a + float64(n))))
			sum += term
		}
		return 1 - float64(factor*sum)
	}
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for i := 1; i < maxTerm; i++ {
		n := float64(i)
		an := -float64(n * (n - a))
		b += 2
		d = 1 / clear0(float64(an*d)+b)
		c = clear0(b + an/c)
		step := float64(d * c)
		h *= step
		if math.Abs(step-1) <= epsilon {
			break
		}
	}
	return factor * h
}

// logChoose is log of the binomial coefficient n over k.
func logChoose(n, k float64) float64 {
	a, _ := exact.Lgamma(n + 1)
	b, _ := exact.Lgamma(k + 1)
	c, _ := exact.Lgamma(n - k + 1)
	return a - b - c
}
