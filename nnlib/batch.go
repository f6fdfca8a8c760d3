package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// input takes X as samples of the model's input.
func (m *Model) input(what string, X any) *Tensor {
	if len(m.nodes) == 0 {
		t, err := toTensor(X)
		if err != nil {
			panic(fmt.Errorf("nnlib: %s: %w", what, err))
		}
		sample := slices.Clone(t.Shape[1:])
		if len(sample) == 0 {
			sample = Shape{1}
		}
		m.ready(sample)
	}
	return samples(what, X, m.inputs[0].shape)
}

// target takes y as what the model's output should be.
func (m *Model) target(what string, y any) *Tensor {
	shape := m.outputs[0].shape
	if s, ok := m.loss.(interface{ targetShape(Shape) Shape }); ok {
		shape = s.targetShape(shape)
	}
	return samples(what, y, shape)
}

// gather copies the indexed samples of x to dst.
func gather(dst, x *Tensor, index []int) {
	size := len(x.Data) / x.Shape[0]
	for k, i := range index {
		copy(dst.Data[k*size:(k+1)*size], x.Data[i*size:(i+1)*size])
	}
}

// from returns the samples low to high-1, sharing their memory.
func (t *Tensor) from(low, high int) *Tensor {
	_, size := t.Dims()
	shape := slices.Clone(t.Shape)
	shape[0] = high - low
	return &Tensor{Shape: shape, Data: t.Data[low*size : high*size]}
}

// lossAndGrad returns the batch's loss, the weighted sum over the samples by the
// size of the batch, updates the metrics, and leaves the gradient with the output.
func (m *Model) lossAndGrad() float64 {
	out, w := m.outputs[0], &m.work
	n := out.out.Shape[0]
	w.losses = slices.Grow(w.losses[:0], n)[:n]
	m.loss.Loss(w.losses, &out.grad, &out.out, &w.want)
	for _, metric := range m.metrics {
		metric.Update(&out.out, &w.want, w.weights)
	}
	size := out.shape.Size()
	for i := range n {
		share := 1 / float32(n)
		if len(w.weights) > 0 {
			share = float32(w.weights[i]) / float32(n)
			w.losses[i] *= w.weights[i]
		}
		grad := out.grad.Data[i*size : (i+1)*size]
		exact.Scale32(grad, share, grad)
	}
	return exact.Sum64(w.losses) / float64(n)
}

// restrain adds the regularizers' gradients, and returns their price.
func (m *Model) restrain() float64 {
	price := 0.0
	for _, p := range m.work.learners {
		if p.Regularizer != nil {
			price += p.Regularizer.Penalty(p.Value)
			p.Regularizer.AddGrad(p.Grad, p.Value)
		}
	}
	return price
}

// predictBatch is how many samples go through the model at once when nothing is
// learnt. A row's result does not depend on the others, so it shows in speed only.
const predictBatch = 256

// Predict returns the model's output for each sample of X.
func (m *Model) Predict(X any) *Tensor {
	x := m.input("X", X)
	n := x.Shape[0]
	y := NewTensor(append(Shape{n}, m.outputs[0].shape...)...)
	size := m.outputs[0].shape.Size()
	for at := 0; at < n; at += predictBatch {
		rows := min(predictBatch, n-at)
		m.resize(rows)
		copy(m.inputs[0].out.Data, x.from(at, at+rows).Data)
		m.forward(false)
		copy(y.Data[at*size:], m.outputs[0].out.Data)
	}
	return y
}

// Evaluate returns the loss of the model's predictions for X when y is right.
func (m *Model) Evaluate(X, y any) float64 {
	tx, ty := m.judged(X, y)
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

func (m *Model) judged(X, y any) (*Tensor, *Tensor) {
	if !m.compiled {
		panic(fmt.Errorf("nnlib: the model is not compiled, so it has no loss; call Compile before Evaluate"))
	}
	return m.pair("X", X, "y", y)
}

// evaluate returns the loss, and leaves the metrics of x and y.
func (m *Model) evaluate(x, y *Tensor, batch int) float64 {
	for _, metric := range m.metrics {
		metric.Reset()
	}
	w, n, sum := &m.work, x.Shape[0], 0.0
	for at := 0; at < n; at += batch {
		rows := min(batch, n-at)
		m.resize(rows)
		copy(m.inputs[0].out.Data, x.from(at, at+rows).Data)
		want := y.from(at, at+rows)
		m.forward(false)
		w.losses = slices.Grow(w.losses[:0], rows)[:rows]
		m.loss.Loss(w.losses, nil, &m.outputs[0].out, want)
		sum += exact.Sum64(w.losses)
		for _, metric := range m.metrics {
			metric.Update(&m.outputs[0].out, want, nil)
		}
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
