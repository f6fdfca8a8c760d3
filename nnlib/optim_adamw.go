package nnlib

var _ Optimizer = (*AdamW)(nil)

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

func (a *AdamW) kept() *slots { return a.adam.kept() }

func (a *AdamW) inWorld(w world) { a.adam.inWorld(w) }
