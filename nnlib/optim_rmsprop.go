package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*RMSprop)(nil)

// RMSprop divides the gradient by a running mean of its size. Hinton's lecture 6e.
type RMSprop struct {
	LearningRate float64 // 0.001 by default
	Schedule     Schedule
	Rho          float64 // 0.9 by default
	Momentum     float64
	Epsilon      float64 // 1e-7 by default
	Centered     bool    // take the mean gradient off

	slots
}

// Step changes the weights.
func (r *RMSprop) Step(params []*Param) {
	rate, rho, epsilon := float32(r.Rate()), float32(orNumber(r.Rho, 0.9)), float32(orNumber(r.Epsilon, 1e-7))
	r.begin(3, params)
	for i, w := range params {
		if r.Momentum == 0 && !r.Centered {
			exact.RMSprop32(w.Value.Data, r.tensors[0][i], w.Grad.Data, rate, rho, epsilon)
		} else {
			r.full(w.Value.Data, w.Grad.Data, r.tensors[0][i], r.tensors[1][i], r.tensors[2][i], rate, rho, epsilon)
		}
	}
}

// full is keras/src/optimizers/rmsprop.py with momentum and mean.
func (r *RMSprop) full(w, g, square, mean, momentum []float32, rate, rho, epsilon float32) {
	beta := float32(r.Momentum)
	for i, gi := range g {
		square[i] = float32(rho*square[i]) + float32((1-rho)*float32(gi*gi))
		d := square[i]
		if r.Centered {
			mean[i] = float32(rho*mean[i]) + float32((1-rho)*gi)
			d -= float32(mean[i] * mean[i])
		}
		step := float32(rate*gi) / exact.Sqrt32(d+epsilon)
		if beta > 0 {
			momentum[i] = float32(beta*momentum[i]) + step
			step = momentum[i]
		}
		w[i] -= step
	}
}

// Rate returns the learning rate.
func (r *RMSprop) Rate() float64 { return rateAt(r.Schedule, r.steps, r.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (r *RMSprop) SetRate(rate float64) { r.LearningRate, r.Schedule = rate, nil }
