package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var _ Optimizer = (*Adafactor)(nil)

// Adafactor keeps, of the squared gradients of a matrix, only the means of rows and
// columns. Shazeer and Stern, 2018; as in keras/src/optimizers/adafactor.py.
type Adafactor struct {
	LearningRate  float64 // 0.001 by default
	Schedule      Schedule
	Beta2Decay    float64 // -0.8 by default
	Epsilon1      float64 // 1e-30 by default
	Epsilon2      float64 // 0.001 by default
	ClipThreshold float64 // 1 by default
	NoRelative    bool    // Keras's relative_step=False: the rate does not fall with the root of the step

	slots
}

// Step changes the weights. The slots are the means of rows, of columns, and the
// squares or what they are taken for; the first two use the beginning of their room.
func (a *Adafactor) Step(params []*Param) {
	rate := float32(a.Rate())
	a.begin(3, params)
	root := 1 / float32(math.Sqrt(float64(a.steps)))
	if a.Schedule == nil && !a.NoRelative {
		rate = min(rate, root)
	}
	stay := 1 - float32(exact.Pow(float64(a.steps), orNumber(a.Beta2Decay, -0.8)))
	for k, w := range params {
		v := a.tensors[2][k]
		if shape := w.Value.Shape; len(shape) < 2 {
			a.plain(v, w.Grad.Data, stay)
		} else {
			rows, cols := shape[len(shape)-2], shape[len(shape)-1]
			for at := 0; at < len(v); at += rows * cols {
				m := at / cols / rows
				a.factored(v[at:at+rows*cols], w.Grad.Data[at:], a.tensors[0][k][m*rows:(m+1)*rows], a.tensors[1][k][m*cols:(m+1)*cols], stay)
			}
		}
		step := max(float32(orNumber(a.Epsilon2, 0.001)), rms(w.Value.Data)) * min(rate, root)
		a.change(w, v, step)
	}
}

func (a *Adafactor) squared(g float32) float32 {
	return float32(g*g) + float32(orNumber(a.Epsilon1, 1e-30))
}

func (a *Adafactor) plain(v, grad []float32, stay float32) {
	for i := range v {
		v[i] = float32(stay*v[i]) + float32((1-stay)*a.squared(grad[i]))
	}
}

// factored updates the means of one matrix, and sets v to their product.
func (a *Adafactor) factored(v, grad, r, c []float32, stay float32) {
	cols := len(c)
	for j := range c {
		c[j] = float32(stay * c[j])
	}
	for i := range r {
		sum := 0.0
		for j := range c {
			s := a.squared(grad[i*cols+j])
			sum += float64(s)
			c[j] += float32((1 - stay) * (s / float32(len(r))))
		}
		r[i] = float32(stay*r[i]) + float32((1-stay)*float32(sum/float64(cols)))
	}
	mean := exact.Mean32(r)
	for i := range r {
		for j := range c {
			v[i*cols+j] = r[i] / mean * c[j]
		}
	}
}

// change takes a step along the gradient over the root of v, whose elements are on
// average no larger than ClipThreshold.
func (a *Adafactor) change(w *Param, v []float32, step float32) {
	sum := 0.0
	for i, g := range w.Grad.Data {
		u := g / exact.Sqrt32(v[i])
		sum += float64(float64(u) * float64(u))
	}
	size := float32(math.Sqrt(sum / float64(len(v))))
	limit := max(1, size/float32(orNumber(a.ClipThreshold, 1)))
	for i, g := range w.Grad.Data {
		w.Value.Data[i] -= float32(step * (g / exact.Sqrt32(v[i]) / limit))
	}
}

func rms(x []float32) float32 {
	return float32(math.Sqrt(exact.SumSq32To64(x) / float64(max(len(x), 1))))
}

// Rate returns the learning rate.
func (a *Adafactor) Rate() float64 { return rateAt(a.Schedule, a.steps, a.LearningRate, 0.001) }

// SetRate changes the learning rate.
func (a *Adafactor) SetRate(rate float64) { a.LearningRate, a.Schedule = rate, nil }
