package nnlib

var _ Optimizer = (*Lion)(nil)

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
