package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*Adagrad)(nil)

// Adagrad divides the gradient by the root of the sum of its squares so far. Duchi and others, 2011.
type Adagrad struct {
	LearningRate            float64 // 0.001 by default
	Schedule                Schedule
	InitialAccumulatorValue float64 // 0.1 by default
	Epsilon                 float64 // 1e-7 by default

	slots
}

// Step changes the weights.
func (a *Adagrad) Step(params []*Param) {
	rate := float32(a.Rate())
	first := a.tensors == nil
	a.begin(1, params)
	for i, w := range params {
		if first {
			for k := range a.tensors[0][i] {
				a.tensors[0][i][k] = float32(orNumber(a.InitialAccumulatorValue, 0.1))
			}
		}
		exact.Adagrad32(w.Value.Data, a.tensors[0][i], w.Grad.Data, rate, float32(orNumber(a.Epsilon, 1e-7)))
	}
}

// Rate returns the learning rate.
func (a *Adagrad) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adagrad) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }
