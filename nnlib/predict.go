package nnlib

import (
	"errors"
	"fmt"
)

// predictBatch is how many samples go through the model at once when nothing is
// learnt. A row's result does not depend on the others, so it shows in speed only.
const predictBatch = 256

// Predict returns the model's output for each sample of X; the first output where it has several.
func (m *Model) Predict(X any) *Tensor { return m.PredictAll(X)[0] }

// PredictAll returns each of the model's outputs.
func (m *Model) PredictAll(X any) []*Tensor {
	if s := sourceOf(X, 0); s != nil {
		return m.predictSource(s)
	}
	x := m.input("X", X)
	n := x.samples()
	all := make([]*Tensor, len(m.outputs))
	for k, out := range m.outputs {
		all[k] = NewTensor(append(Shape{n}, out.shape...)...)
	}
	for at := 0; at < n; at += predictBatch {
		m.feed(x.from(at, min(at+predictBatch, n)))
		m.forward(false)
		for k, out := range m.outputs {
			copy(all[k].Data[at*out.shape.Size():], out.out.Data)
		}
	}
	return all
}

// predictSource returns the outputs for all batches.
func (m *Model) predictSource(s *served) []*Tensor {
	s.peek(m)
	all := make([]*Tensor, len(m.outputs))
	for k, out := range m.outputs {
		all[k] = NewTensor(append(Shape{0}, out.shape...)...)
	}
	s.each(m, func(x, _ data, _ []float64) {
		m.feed(x)
		m.forward(false)
		for k, out := range m.outputs {
			all[k].Data = append(all[k].Data, out.out.Data...)
			all[k].Shape[0] += x.samples()
		}
	})
	return all
}

// each calls f with all batches, those of a Generator up to its end.
func (s *served) each(m *Model, f func(x, y data, weights []float64)) {
	for i := 0; i < s.batches || s.endless && s.batches == 0; i++ {
		x, y, weights, ok := s.take(m, i)
		if !ok {
			return
		}
		f(x, y, weights)
	}
}

// Evaluate returns the loss of the model's predictions for X when y is right. X may
// be a Dataset or a Generator; y is then nil.
func (m *Model) Evaluate(X, y any) float64 {
	if !m.compiled {
		panic(errors.New("nnlib: the model is not compiled, so it has no loss; call Compile before Evaluate"))
	}
	if s := sourceOf(X, 0); s != nil {
		s.peek(m)
		return m.evaluateSource(s)
	}
	tx, ty := m.pair("X", X, "y", y)
	return m.evaluate(tx, ty, predictBatch)
}

// Scores returns the loss and all metrics, by name.
func (m *Model) Scores(X, y any) map[string]float64 {
	scores := map[string]float64{"loss": m.Evaluate(X, y)}
	for _, metric := range m.metrics {
		scores[metric.Name()] = metric.Result()
	}
	return scores
}

// evaluate returns the loss, and leaves the metrics of x and y.
func (m *Model) evaluate(x, y data, batch int) float64 {
	m.resetMetrics()
	n, sum := x.samples(), 0.0
	for at := 0; at < n; at += batch {
		rows := min(batch, n-at)
		sum += m.evaluateBatch(x.from(at, at+rows), y.from(at, at+rows), nil)
	}
	return sum/float64(n) + m.penalty()
}

// evaluateSource is evaluate for the batches of a source.
func (m *Model) evaluateSource(s *served) float64 {
	m.resetMetrics()
	n, sum := 0, 0.0
	s.each(m, func(x, y data, weights []float64) {
		if y == nil {
			panic(fmt.Errorf("nnlib: batch %d has no Y to evaluate by", s.count))
		}
		n += x.samples()
		sum += m.evaluateBatch(x, y, weights)
	})
	if n == 0 {
		panic(errors.New("nnlib: the Generator served no batch to evaluate"))
	}
	return sum/float64(n) + m.penalty()
}

func (m *Model) resetMetrics() {
	for _, metric := range m.metrics {
		metric.Reset()
	}
}

// evaluateBatch returns the loss times the samples, and updates the metrics.
func (m *Model) evaluateBatch(x, y data, weights []float64) float64 {
	m.feed(x)
	m.forward(false)
	w, rows, sum := &m.work, float64(x.samples()), 0.0
	for k, out := range m.outputs {
		sum += float64(w.loss(m.losses[k], out, y[k], weights, nil) * rows)
	}
	sum += float64(m.extra() * rows)
	m.updateMetrics(y, weights)
	return sum
}

func (m *Model) penalty() float64 {
	price := 0.0
	for _, p := range m.params {
		if p.Regularizer != nil {
			price += p.Regularizer.Penalty(p.Value)
		}
	}
	return price
}
