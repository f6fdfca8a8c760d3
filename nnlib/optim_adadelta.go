package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*Adadelta)(nil)

// Adadelta scales the gradient by the sizes of the last changes. Zeiler, 2012.
type Adadelta struct {
	LearningRate float64 // 0.001 by default, as in Keras; the paper has 1
	Schedule     Schedule
	Rho          float64 // 0.95 by default
	Epsilon      float64 // 1e-7 by default

	slots
}

// Step changes the weights.
func (a *Adadelta) Step(params []*Param) {
	rate, rho, epsilon := float32(a.Rate()), float32(orNumber(a.Rho, 0.95)), float32(orNumber(a.Epsilon, 1e-7))
	a.begin(2, params)
	for k, w := range params {
		squares, changes := a.tensors[0][k], a.tensors[1][k]
		for i, g := range w.Grad.Data {
			squares[i] = float32(rho*squares[i]) + float32((1-rho)*float32(g*g))
			change := -exact.Sqrt32(changes[i]+epsilon) * g / exact.Sqrt32(squares[i]+epsilon)
			changes[i] = float32(rho*changes[i]) + float32((1-rho)*float32(change*change))
			w.Value.Data[i] += float32(rate * change)
		}
	}
}

// Rate returns the learning rate.
func (a *Adadelta) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adadelta) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }
