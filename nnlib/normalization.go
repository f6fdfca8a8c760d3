package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

// Scratch numbers of the normalizing layers: the normalized input, and 1/deviation.
const (
	slotNormalized = iota
	slotInverse
)

func scaleAndShift(b *Builder, features int, noScale, noCenter bool) (gamma, beta *Param, err error) {
	if !noScale {
		if gamma, err = b.Weight("gamma", "ones", features); err != nil {
			return nil, nil, err
		}
	}
	if !noCenter {
		beta, err = b.Weight("beta", "zeros", features)
	}
	return gamma, beta, err
}

func move(average *float32, to, stay float32) {
	*average = float32(*average*stay) + float32(to*(1-stay))
}

// scaleShift does y = x·gamma + beta.
func scaleShift(y, x []float32, gamma, beta *Param, features int) {
	for i, v := range x {
		j := i % features
		if gamma != nil {
			v = float32(v * gamma.Value.Data[j])
		}
		if beta != nil {
			v += beta.Value.Data[j]
		}
		y[i] = v
	}
}

// scaleShiftGrad adds to the gradients of gamma and beta, and returns gamma's factor j.
func scaleShiftGrad(dy, x []float32, gamma, beta *Param, features int) {
	for i, g := range dy {
		j := i % features
		if gamma != nil {
			gamma.Grad.Data[j] += float32(g * x[i])
		}
		if beta != nil {
			beta.Grad.Data[j] += g
		}
	}
}

func factor(gamma *Param, j int) float32 {
	if gamma == nil {
		return 1
	}
	return gamma.Value.Data[j]
}

// normalize gives y mean 0 and variance 1, and returns by what it multiplied.
func normalize(y, x []float32, epsilon float64) float32 {
	n := float64(len(x))
	mean := exact.Sum32To64(x) / n
	for i, v := range x {
		y[i] = float32(float64(v) - mean)
	}
	inverse := float32(1 / math.Sqrt(exact.SumSq32To64(y)/n+epsilon))
	exact.Scale32(y, inverse, y)
	return inverse
}

// normalizeGrad turns the gradient by y into that by x.
func normalizeGrad(d, y []float32, inverse float32) {
	n := float64(len(d))
	mean, slope := exact.Sum32To64(d)/n, exact.Dot32To64(d, y)/n
	for i, g := range d {
		d[i] = float32(float64(g)-mean-float64(float64(y[i])*slope)) * inverse
	}
}
