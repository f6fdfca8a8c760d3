package nnlib

import "reprise/nnlib/exact"

var _ Optimizer = (*Ftrl)(nil)

// Ftrl follows the regularized leader: with L1 it makes weights exactly 0. McMahan and
// others, 2013; as in keras/src/optimizers/ftrl.py.
type Ftrl struct {
	LearningRate            float64 // 0.001 by default
	Schedule                Schedule
	LearningRatePower       float64 // -0.5 by default
	InitialAccumulatorValue float64 // 0.1 by default
	L1                      float64 // Keras's l1_regularization_strength
	L2                      float64 // l2_regularization_strength
	L2Shrinkage             float64 // l2_shrinkage_regularization_strength
	Beta                    float64

	slots
}

// Step changes the weights.
func (f *Ftrl) Step(params []*Param) {
	rate := float32(f.Rate())
	first := f.tensors == nil
	f.begin(2, params)
	l1, shrink := float32(f.L1), float32(2*f.L2Shrinkage)
	l2 := float32(2 * (float32(f.L2) + float32(f.Beta)/(2*rate)))
	for k, w := range params {
		squares, linear := f.tensors[0][k], f.tensors[1][k]
		for i, g := range w.Grad.Data {
			if first {
				squares[i] = float32(orNumber(f.InitialAccumulatorValue, 0.1))
			}
			v := w.Value.Data[i]
			sum := squares[i] + float32(g*g)
			before, after := f.power(squares[i]), f.power(sum)
			linear[i] += g + float32(shrink*v) - float32((after-before)/rate*v)
			clipped := max(-l1, min(linear[i], l1))
			w.Value.Data[i] = (clipped - linear[i]) / (after/rate + l2)
			squares[i] = sum
		}
	}
}

// power is x^-LearningRatePower, a root as a rule.
func (f *Ftrl) power(x float32) float32 {
	if p := orNumber(f.LearningRatePower, -0.5); p != -0.5 {
		return float32(exact.Pow(float64(x), -p))
	}
	return exact.Sqrt32(x)
}

// Rate returns the learning rate.
func (f *Ftrl) Rate() float64 { return rateAt(f.Schedule, f.steps, f.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (f *Ftrl) SetRate(rate float64) { f.LearningRate, f.Schedule = rate, nil }
