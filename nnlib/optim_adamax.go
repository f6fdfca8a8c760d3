package nnlib

var _ Optimizer = (*Adamax)(nil)

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
