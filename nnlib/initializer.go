package nnlib

import "math"

// An Initializer gives a weight its first values.
type Initializer interface {
	Init(w *Tensor, d *Draw) error
}

// A Draw is where an initializer gets its random numbers: those that the backend
// in use has for this weight.
type Draw struct {
	b    *Builder
	name string
}

func (d *Draw) path() []any { return append(d.b.scope[:len(d.b.scope):len(d.b.scope)], d.name) }

// Uniform fills w with numbers between low and high.
func (d *Draw) Uniform(w *Tensor, low, high float64) error {
	return d.b.world.uniform(w, low, high, d.path())
}

// Normal fills w with normally distributed numbers.
func (d *Draw) Normal(w *Tensor, mean, deviation float64) error {
	return d.b.world.normal(w, mean, deviation, d.path())
}

// TruncatedNormal fills w with normally distributed numbers within two deviations of the mean.
func (d *Draw) TruncatedNormal(w *Tensor, mean, deviation float64) error {
	return d.b.world.truncatedNormal(w, mean, deviation, d.path())
}

// Fans returns how many inputs and outputs one element of a weight of this shape
// connects (keras/src/initializers/random_initializers.py: compute_fans): the last
// axis are the outputs, the one before the inputs, all others a convolution's window.
func Fans(shape Shape) (in, out float64) {
	switch len(shape) {
	case 0:
		return 1, 1
	case 1:
		return float64(shape[0]), float64(shape[0])
	}
	window := shape[:len(shape)-2].Size()
	return float64(window * shape[len(shape)-2]), float64(window * shape[len(shape)-1])
}

// fanAverage is what Glorot's variance is scaled by.
func fanAverage(s Shape) float64 {
	in, out := Fans(s)
	return math.Max((in+out)/2, 1)
}

// truncatedDeviation is the standard deviation of a normal number truncated at ±2.
const truncatedDeviation = .87962566103423978
