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
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default, 1e-8 on the backends of Keras 2.0
	AMSGrad      bool    // divide by the largest second moment so far. Reddi and others, 2018

	slots
	world world
}

// Step changes the weights.
func (a *Adam) Step(params []*Param) {
	p := a.begin(params)
	for i, w := range params {
		if a.AMSGrad {
			amsGrad(w.Value.Data, a.tensors[0][i], a.tensors[1][i], a.tensors[2][i], w.Grad.Data, p)
		} else {
			exact.Adam32(w.Value.Data, a.tensors[0][i], a.tensors[1][i], w.Grad.Data, p)
		}
	}
}

// begin counts the step and returns its numbers.
func (a *Adam) begin(params []*Param) exact.AdamParams {
	rate := a.Rate()
	a.slots.begin(3, params)
	t := a.steps
	if a.world != nil && a.world.late() {
		t++
	}
	return a.params(t, rate)
}

func amsGrad(w, m, v, largest, g []float32, p exact.AdamParams) {
	for i, gi := range g {
		m[i] += float32((gi - m[i]) * (1 - p.Beta1))
		v[i] += float32((float32(gi*gi) - v[i]) * (1 - p.Beta2))
		largest[i] = max(largest[i], v[i])
		w[i] -= float32(m[i]*p.Alpha) / (exact.Sqrt32(largest[i]) + p.Epsilon)
	}
}

// params corrects the bias for step t, in float32 as Keras does.
func (a *Adam) params(t int, rate float64) exact.AdamParams {
	b1, b2 := float32(orNumber(a.Beta1, 0.9)), float32(orNumber(a.Beta2, 0.999))
	c1, c2 := 1-power(b1, t), float32(math.Sqrt(float64(1-power(b2, t))))
	return exact.AdamParams{Alpha: float32(rate) * (c2 / c1), Beta1: b1, Beta2: b2, Epsilon: float32(a.epsilon())}
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
func (a *Adam) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adam) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }

func (a *Adam) inWorld(w world) { a.world = w }
