package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Optimizer = (*Nadam)(nil)

// Nadam is Adam with Nesterov's momentum. Dozat, 2015; as in keras/src/optimizers/nadam.py.
type Nadam struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default

	slots
}

// Step changes the weights.
func (a *Nadam) Step(params []*Param) {
	rate := float32(a.Rate())
	a.begin(2, params)
	b1, b2, epsilon := float32(orNumber(a.Beta1, 0.9)), float32(orNumber(a.Beta2, 0.999)), float32(orNumber(a.Epsilon, 1e-7))
	u, next := a.momentum(b1, a.steps), a.momentum(b1, a.steps+1)
	a.product = float64(orNumber(a.product, 1) * u)
	ahead := float32(next / (1 - float64(a.product*next)))
	here := float32((1 - float64(u)) / (1 - a.product))
	c2 := 1 - power(b2, a.steps)
	for k, w := range params {
		m, v := a.tensors[0][k], a.tensors[1][k]
		for i, g := range w.Grad.Data {
			m[i] += float32((g - m[i]) * (1 - b1))
			v[i] += float32((float32(g*g) - v[i]) * (1 - b2))
			mean := float32(ahead*m[i]) + float32(here*g)
			w.Value.Data[i] -= float32(mean*rate) / (exact.Sqrt32(v[i]/c2) + epsilon)
		}
	}
}

// momentum is Dozat's schedule.
func (a *Nadam) momentum(b1 float32, t int) float64 {
	return float64(b1) * (1 - float64(0.5*exact.Pow(0.96, float64(t))))
}

// Rate returns the learning rate.
func (a *Nadam) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Nadam) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }
