package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*Lamb)(nil)

// Lamb is Adam with a step for each weight that is in proportion to its length, for
// large batches. You and others, 2019; as in keras/src/optimizers/lamb.py.
type Lamb struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Beta1        float64 // 0.9 by default
	Beta2        float64 // 0.999 by default
	Epsilon      float64 // 1e-7 by default

	slots
}

// Step changes the weights.
func (l *Lamb) Step(params []*Param) {
	rate := float32(l.Rate())
	l.begin(3, params)
	b1, b2, epsilon := float32(orNumber(l.Beta1, 0.9)), float32(orNumber(l.Beta2, 0.999)), float32(orNumber(l.Epsilon, 1e-7))
	c1, c2 := 1-power(b1, l.steps), 1-power(b2, l.steps)
	for k, w := range params {
		m, v, update := l.tensors[0][k], l.tensors[1][k], l.tensors[2][k]
		for i, g := range w.Grad.Data {
			m[i] += float32((g - m[i]) * (1 - b1))
			v[i] += float32((float32(g*g) - v[i]) * (1 - b2))
			update[i] = m[i] / c1 / (exact.Sqrt32(v[i]/c2) + epsilon)
		}
		ratio, weight, change := float32(1), exact.Norm32(w.Value.Data), exact.Norm32(update)
		if weight > 0 && change > 0 {
			ratio = weight / change
		}
		exact.SGD32(w.Value.Data, update, float32(ratio*rate))
	}
}

// Rate returns the learning rate.
func (l *Lamb) Rate() float64 { return rateAt(l.Schedule, l.steps, l.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (l *Lamb) SetRate(rate float64) { l.LearningRate, l.Schedule = rate, nil }
