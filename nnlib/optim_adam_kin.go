package nnlib

import (
	"reprise/nnlib/exact"
)

var (
	_ Optimizer = (*AdamW)(nil)
	_ Optimizer = (*Adamax)(nil)
	_ Optimizer = (*Nadam)(nil)
	_ Optimizer = (*Lion)(nil)
)

// AdamW is Adam after the weights were made smaller by rate·WeightDecay. Loshchilov and Hutter, 2017.
type AdamW struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	WeightDecay  float64 // 0.004 by default
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default
	AMSGrad      bool

	adam Adam
}

// Step changes the weights.
func (a *AdamW) Step(params []*Param) {
	rate := float32(a.Rate())
	decay := float32(orNumber(a.WeightDecay, 0.004))
	for _, w := range params {
		for i, v := range w.Value.Data {
			w.Value.Data[i] = v - float32(float32(v*decay)*rate)
		}
	}
	a.adam.LearningRate, a.adam.Beta1, a.adam.Beta2, a.adam.Epsilon, a.adam.AMSGrad = a.Rate(), a.Beta1, a.Beta2, a.Epsilon, a.AMSGrad
	a.adam.Step(params)
}

// Rate returns the learning rate.
func (a *AdamW) Rate() float64 { return rateAt(a.Schedule, a.adam.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *AdamW) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }

func (a *AdamW) inWorld(w world) { a.adam.inWorld(w) }

// Adamax is Adam with the largest gradient in place of the second moment. Kingma and Ba, 2014, section 7.
type Adamax struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default

	slots
}

// Step changes the weights.
func (a *Adamax) Step(params []*Param) {
	rate := float32(a.Rate())
	a.begin(2, params)
	b1, b2, epsilon := float32(orNumber(a.Beta1, 0.9)), float32(orNumber(a.Beta2, 0.999)), float32(orNumber(a.Epsilon, 1e-7))
	c1 := 1 - power(b1, a.steps)
	for k, w := range params {
		m, u := a.tensors[0][k], a.tensors[1][k]
		for i, g := range w.Grad.Data {
			m[i] += float32((g - m[i]) * (1 - b1))
			u[i] = max(float32(b2*u[i]), max(g, -g))
			w.Value.Data[i] -= float32(rate*m[i]) / float32(c1*(u[i]+epsilon))
		}
	}
}

// Rate returns the learning rate.
func (a *Adamax) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adamax) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }

// Nadam is Adam with Nesterov's momentum. Dozat, 2015; as in keras/src/optimizers/nadam.py.
type Nadam struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default

	slots
	product float64 // of the momentum's schedule so far
}

// Step changes the weights.
func (a *Nadam) Step(params []*Param) {
	rate := float32(a.Rate())
	a.begin(2, params)
	b1, b2, epsilon := float32(orNumber(a.Beta1, 0.9)), float32(orNumber(a.Beta2, 0.999)), float32(orNumber(a.Epsilon, 1e-7))
	u, next := a.momentum(b1, a.steps), a.momentum(b1, a.steps+1)
	a.product = float64(orNumber(a.product, 1) * u)
	ahead := float32(next / (1 - float64(a.product*next)))
	here := float32((1 - u) / (1 - a.product))
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

// Lion changes each weight by the rate, in the direction of a momentum's sign. Chen and others, 2023.
type Lion struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.99 by default

	slots
}

// Step changes the weights.
func (l *Lion) Step(params []*Param) {
	rate := float32(l.Rate())
	l.begin(1, params)
	b1, b2 := float32(orNumber(l.Beta1, 0.9)), float32(orNumber(l.Beta2, 0.99))
	for k, w := range params {
		m := l.tensors[0][k]
		for i, g := range w.Grad.Data {
			w.Value.Data[i] -= float32(rate * sign(float32(m[i]*b1)+float32(g*(1-b1))))
			m[i] = float32(m[i]*b2) + float32(g*(1-b2))
		}
	}
}

// Rate returns the learning rate.
func (l *Lion) Rate() float64 { return rateAt(l.Schedule, l.steps, l.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (l *Lion) SetRate(rate float64) { l.LearningRate, l.Schedule = rate, nil }
