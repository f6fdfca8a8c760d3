package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*SGD)(nil)

// SGD is gradient descent, with momentum if asked for.
type SGD struct {
	LearningRate float64 // 0.01 by default
	Schedule     Schedule
	Momentum     float64
	Nesterov     bool

	slots
}

// Step changes the weights.
func (s *SGD) Step(params []*Param) {
	rate := float32(s.Rate())
	s.begin(1, params)
	for i, w := range params {
		if s.Momentum == 0 {
			exact.SGD32(w.Value.Data, w.Grad.Data, rate)
		} else {
			exact.Momentum32(w.Value.Data, s.tensors[0][i], w.Grad.Data, rate, float32(s.Momentum), s.Nesterov)
		}
	}
}

// Rate returns the learning rate.
func (s *SGD) Rate() float64 { return rateAt(s.Schedule, s.steps, s.LearningRate, 0.01) }

// SetRate changes the learning rate.
func (s *SGD) SetRate(rate float64) { s.LearningRate, s.Schedule = rate, nil }
