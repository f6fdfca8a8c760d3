package layertest

import (
	"math"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// gradient compares Backward with differences of Σ dy·y, summed in float64. The
// layer computes in float32, so the differences are wide, and Richardson's
// extrapolation takes away their own error up to h⁴.
func (c Case) gradient(t *testing.T, training bool) {
	at := c.point(t)
	p := c.probe(t, rng.Root(1))
	at.load(p)
	y := p.Forward(training, at.x...)
	dy := direction(y)
	dx := p.Backward(dy)

	value := func() float64 {
		p := c.probe(t, rng.Root(1)) // a new one, so that masks and states are those of the first call
		at.load(p)
		sum := 0.0
		for i, v := range p.Forward(training, at.x...).Data {
			sum += float64(float64(v) * float64(dy.Data[i]))
		}
		return sum
	}
	for k, x := range at.x {
		if c.Below == 0 {
			compare(t, "input", x.Data, dx[k].Data, value)
		}
	}
	for k, w := range p.Params {
		if w.Trainable {
			compare(t, w.Name, at.weights[k].Data, w.Grad.Data, value)
		}
	}
}

// A point is where the gradient is taken: inputs and weights.
type point struct{ x, weights []*nnlib.Tensor }

// point moves the weights away from zeros and ones, where mistakes hide.
func (c Case) point(t *testing.T) point {
	p := point{x: c.Inputs()}
	s := rng.Root(10).Stream("layertest", "weights")
	for _, w := range c.probe(t, rng.Root(1)).Params {
		v := w.Value.Clone()
		for i := range v.Data {
			if w.Trainable {
				v.Data[i] += float32(0.3 * s.NormFloat64())
			}
		}
		p.weights = append(p.weights, v)
	}
	return p
}

func (p point) load(to *nnlib.Probe) {
	for k, w := range to.Params {
		copy(w.Value.Data, p.weights[k].Data)
	}
}

func compare(t *testing.T, what string, data, grad []float32, value func() float64) {
	t.Helper()
	largest := 0.0
	for _, g := range grad {
		largest = math.Max(largest, math.Abs(float64(g)))
	}
	for i := range data {
		want := richardson(&data[i], value)
		if got := float64(grad[i]); math.Abs(got-want) > 2e-3*(0.1+largest) {
			t.Errorf("%s: the gradient's element %d is %g, differences say %g", what, i, got, want)
			return
		}
	}
}

// richardson returns the derivative of value by x.
func richardson(x *float32, value func() float64) float64 {
	difference := func(h float32) float64 {
		was := *x
		*x = was + h
		up, high := value(), *x
		*x = was - h
		down, low := value(), *x
		*x = was
		return (up - down) / float64(high-low)
	}
	const h = 1. / 32
	return (float64(4*difference(h/2)) - difference(h)) / 3
}
