package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Optimizer = (*Adam)(nil)

// Adam is the optimizer of Kingma and Ba (2014) in Keras's form: epsilon stands
// outside of the bias correction.
type Adam struct {
	LearningRate float64 // 0.001 by default
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default, 1e-8 on the backends of Keras 2.0

	slots
	world world
}

// Step changes the weights.
func (a *Adam) Step(params []*Param) {
	a.begin(2, params)
	t := a.steps
	if a.world != nil && a.world.late() {
		t++
	}
	p := a.params(t)
	for i, w := range params {
		exact.Adam32(w.Value.Data, a.tensors[0][i], a.tensors[1][i], w.Grad.Data, p)
	}
}

// params corrects the bias for step t, in float32 as Keras does.
func (a *Adam) params(t int) exact.AdamParams {
	b1, b2 := float32(orNumber(a.Beta1, 0.9)), float32(orNumber(a.Beta2, 0.999))
	c1, c2 := 1-power(b1, t), float32(math.Sqrt(float64(1-power(b2, t))))
	return exact.AdamParams{Alpha: float32(a.Rate()) * (c2 / c1), Beta1: b1, Beta2: b2, Epsilon: float32(a.epsilon())}
}

// power returns b^n by squaring in float64.
func power(b float32, n int) float32 {
	r, s := 1.0, float64(b)
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			r *= s
		}
		s *= s
	}
	return float32(r)
}

func (a *Adam) epsilon() float64 {
	if a.Epsilon == 0 && a.world != nil {
		return a.world.epsilon()
	}
	return orNumber(a.Epsilon, 1e-7)
}

// Rate returns the learning rate.
func (a *Adam) Rate() float64 { return orNumber(a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adam) SetRate(rate float64) { a.LearningRate = rate }

func (a *Adam) inWorld(w world) { a.world = w }
