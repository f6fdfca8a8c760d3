package nnlib

import "errors"

// predictBatch is how many samples go through the model at once when nothing is
// learnt. A row's result does not depend on the others, so it shows in speed only.
const predictBatch = 256

// Predict returns the model's output for each sample of X; the first output where it has several.
func (m *Model) Predict(X any) *Tensor { return m.PredictAll(X)[0] }

// PredictAll returns each of the model's outputs.
func (m *Model) PredictAll(X any) []*Tensor {
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

// Evaluate returns the loss of the model's predictions for X when y is right.
func (m *Model) Evaluate(X, y any) float64 {
	if !m.compiled {
		panic(errors.New("nnlib: the model is not compiled, so it has no loss; call Compile before Evaluate"))
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
	for _, metric := range m.metrics {
		metric.Reset()
	}
	w, n, sum := &m.work, x.samples(), 0.0
	for at := 0; at < n; at += batch {
		rows := min(batch, n-at)
		m.feed(x.from(at, at+rows))
		want := y.from(at, at+rows)
		m.forward(false)
		for k, out := range m.outputs {
			sum += float64(w.loss(m.losses[k], out, want[k], nil, nil) * float64(rows))
		}
		sum += float64(m.extra() * float64(rows))
		m.updateMetrics(want, nil)
	}
	return sum/float64(n) + m.penalty()
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
