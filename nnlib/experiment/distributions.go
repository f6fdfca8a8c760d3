package experiment

import (
	"math"

	"reprise/nnlib/exact"
)

// normalCDF is the standard normal distribution function.
func normalCDF(x float64) float64 { return exact.Erfc(-x/math.Sqrt2) / 2 }

// normalQuantile is its inverse: Wichura's AS 241 (PPND16), Applied Statistics 37 (1988).
func normalQuantile(p float64) float64 {
	if !(p > 0 && p < 1) {
		switch p {
		case 0:
			return math.Inf(-1)
		case 1:
			return math.Inf(1)
		}
		return math.NaN()
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * ratio(r, &as241a, &as241b)
	}
	r := math.Min(p, 1-p)
	r = math.Sqrt(-exact.Log(r))
	var x float64
	if r <= 5 {
		x = ratio(r-1.6, &as241c, &as241d)
	} else {
		x = ratio(r-5, &as241e, &as241f)
	}
	return math.Copysign(x, q)
}

func ratio(r float64, num, den *[8]float64) float64 { return horner(r, num[:]) / horner(r, den[:]) }

// horner evaluates the polynomial whose coefficients are given from the constant term up.
func horner(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = float64(y*x) + c[i]
	}
	return y
}

// Coefficients of AS 241, constant term first.
var (
	as241a = [8]float64{3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727}
	as241b = [8]float64{1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610}
	as241c = [8]float64{1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, .241780725177450611770, .0227238449892691845833, 7.74545014278341407640e-4}
	as241d = [8]float64{1, 2.05319162663775882187, 1.67638483018380384940, .689767334985100004550, .148103976427480074590, .0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9}
	as241e = [8]float64{6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, .296560571828504891230, .0265321895265761230930, .00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7}
	as241f = [8]float64{1, .599832206555887937690, .136929880922735805310, .0148753612908506148525, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}
)

// tUpper is P(T > t) of Student's distribution with df degrees of freedom.
func tUpper(t, df float64) float64 {
	if math.IsNaN(t) || math.IsNaN(df) {
		return math.NaN()
	}
	tail := float64(betaInc(df/2, 0.5, df/(df+float64(t*t))) / 2)
	if t < 0 {
		return 1 - tail
	}
	return tail
}

// tQuantile inverts Student's distribution by bisection; it stops when the
// bracket has no number inside, so its result does not depend on a tolerance.
func tQuantile(p, df float64) float64 {
	if p == 0.5 {
		return 0
	}
	if p < 0.5 {
		return -tQuantile(1-p, df)
	}
	lo, hi := 0.0, 1.0
	for 1-tUpper(hi, df) < p && hi < 1e300 {
		lo, hi = hi, float64(2*hi)
	}
	for {
		mid := lo + float64((hi-lo)/2)
		if mid <= lo || mid >= hi {
			return mid
		}
		if tUpper(mid, df) > 1-p {
			lo = mid
		} else {
			hi = mid
		}
	}
}

// chi2Upper is P(X > x) of the chi-squared distribution.
func chi2Upper(x, df float64) float64 { return gammaIncUpper(df/2, x/2) }

// noncentralTUpper is P(T > t) of the noncentral t distribution: Lenth's AS 243,
// Applied Statistics 38 (1989).
func noncentralTUpper(t, df, delta float64) float64 {
	if t < 0 {
		return 1 - noncentralTUpper(-t, df, -delta)
	}
	below := float64(normalCDF(-delta))
	if t == 0 {
		return 1 - below
	}
	x := float64(t*t) / (float64(t*t) + df)
	lambda := float64(delta * delta)
	p := float64(exact.Exp(-lambda/2) / 2)
	q := math.Sqrt(2/math.Pi) * p * delta
	sum, left := 0.0, 0.5-p
	for j := 0; j < maxTerm; j++ {
		k := float64(j)
		sum += float64(p*betaInc(k+0.5, df/2, x)) + float64(q*betaInc(k+1, df/2, x))
		if j > 0 && left < 1e-15 {
			break
		}
		p = float64(p * (lambda / float64(2*(k+1))))
		q = float64(q * (lambda / (float64(2*k) + 3)))
		left -= p
	}
	return 1 - math.Min(1, below+sum)
}
