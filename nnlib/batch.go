package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// data are samples of each of a model's inputs, or outputs.
type data []*Tensor

// samples returns how many there are.
func (d data) samples() int {
	if len(d) == 0 {
		return 0
	}
	return d[0].Shape[0]
}

// from returns the samples low to high-1, sharing their memory.
func (d data) from(low, high int) data {
	part := make(data, len(d))
	for k, t := range d {
		part[k] = t.from(low, high)
	}
	return part
}

func (t *Tensor) from(low, high int) *Tensor {
	_, size := t.Dims()
	shape := slices.Clone(t.Shape)
	shape[0] = high - low
	return &Tensor{Shape: shape, Data: t.Data[low*size : high*size]}
}

// input takes X as samples of the model's inputs.
func (m *Model) input(what string, X any) data {
	if len(m.nodes) == 0 {
		m.ready(sampleShape(what, X))
	}
	return m.ends(what, X, m.inputs, func(k int) Shape { return m.inputs[k].shape })
}

// sampleShape is how the data themselves tell a model's input.
func sampleShape(what string, X any) Shape {
	t, err := toTensor(X)
	if err != nil {
		panic(fmt.Errorf("nnlib: %s: %w", what, err))
	}
	if len(t.Shape) < 2 {
		return Shape{1}
	}
	return slices.Clone(t.Shape[1:])
}

// target takes y as what the model's outputs should be.
func (m *Model) target(what string, y any) data {
	want := m.ends(what, y, m.outputs, func(k int) Shape {
		if l, ok := as[TargetShaper](m.losses[k]); ok {
			return l.TargetShape(m.outputs[k].shape)
		}
		return m.outputs[k].shape
	})
	for k, t := range want {
		if c, ok := as[TargetChecker](m.losses[k]); ok {
			if err := c.CheckTargets(t); err != nil {
				panic(fmt.Errorf("nnlib: %s: %w", what, err))
			}
		}
	}
	return want
}

// ends takes v as samples of each of some nodes: as it is for one, as a list for several.
func (m *Model) ends(what string, v any, nodes []*node, shape func(k int) Shape) data {
	parts := list(v)
	if len(nodes) == 1 && len(parts) != 1 {
		parts = []any{v}
	}
	if len(parts) != len(nodes) {
		panic(fmt.Errorf("nnlib: %s has %d parts, the model has %d ends there; give []any with one for each", what, len(parts), len(nodes)))
	}
	d := make(data, len(nodes))
	for k, part := range parts {
		d[k] = samples(what, part, shape(k))
		if d[k].Shape[0] != d.samples() {
			panic(fmt.Errorf("nnlib: part %d of %s has %d samples, the first has %d", k, what, d[k].Shape[0], d.samples()))
		}
	}
	return d
}

// list returns the parts of data for several ends.
func list(v any) []any {
	switch l := v.(type) {
	case []*Tensor:
		parts := make([]any, len(l))
		for k, t := range l {
			parts[k] = t
		}
		return parts
	case []any:
		return l
	}
	return []any{v}
}

// gather copies the indexed samples of x to dst.
func gather(dst, x *Tensor, index []int) {
	size := len(x.Data) / x.Shape[0]
	for k, i := range index {
		copy(dst.Data[k*size:(k+1)*size], x.Data[i*size:(i+1)*size])
	}
}

// feed makes the samples x the batch at hand.
func (m *Model) feed(x data) {
	m.resize(x.samples())
	for k, in := range m.inputs {
		copy(in.out.Data, x[k].Data)
	}
}

// lossAndGrad returns the batch's loss, the weighted sum over the samples by the
// size of the batch, updates the metrics, and leaves the gradients with the outputs.
func (m *Model) lossAndGrad() float64 {
	w, total := &m.work, 0.0
	for k, out := range m.outputs {
		total += w.loss(m.losses[k], out, w.want[k], w.weights, &out.grad)
	}
	m.updateMetrics(w.want, w.weights)
	return total
}

// loss returns the loss of one output, and leaves its gradient in grad unless that is nil.
func (w *work) loss(l Loss, out *node, want *Tensor, weights []float64, grad *Tensor) float64 {
	n := out.out.Shape[0]
	pred, rows, mask := &out.out, n, out.pass.OutMask
	if mask != nil && len(out.shape) > 1 {
		// Each time step is a row of its own, and padding has no weight.
		rows = len(mask.Data)
		pred, want, grad = w.steps(0, pred, rows), w.steps(1, want, rows), w.steps(2, grad, rows)
	} else {
		mask = nil
	}
	w.losses = slices.Grow(w.losses[:0], rows)[:rows]
	joint, isJoint := l.(weightedLoss)
	if isJoint {
		joint.weightedLoss(w.losses, grad, pred, want, weights)
	} else {
		l.Loss(w.losses, grad, pred, want)
	}
	count := float64(rows)
	if mask != nil {
		count = max(exact.Sum32To64(mask.Data), 1)
	}
	size := len(pred.Data) / rows
	for i := range rows {
		weight := weightOf(weights, i*n/rows)
		if mask != nil {
			weight *= float64(mask.Data[i])
		}
		w.losses[i] *= weight
		if grad != nil {
			g := grad.Data[i*size : (i+1)*size]
			if isJoint {
				weight = 1 // is in the gradient
			}
			exact.Scale32(g, float32(weight)/float32(count), g)
		}
	}
	return exact.Sum64(w.losses) / count
}

// steps returns t with its first two axes as one; view k is for t's role.
func (w *work) steps(k int, t *Tensor, rows int) *Tensor {
	if t == nil {
		return nil
	}
	v := &w.views[k]
	v.Shape = append(append(v.Shape[:0], rows), t.Shape[min(2, len(t.Shape)):]...)
	v.Data = t.Data
	return v
}

// updateMetrics tells the metrics of the first output.
func (m *Model) updateMetrics(want data, weights []float64) {
	for _, metric := range m.metrics {
		metric.Update(&m.outputs[0].out, want[0], weights)
	}
}

// extra is what layers have added to the loss of this batch.
func (g *graph) extra() float64 {
	price := 0.0
	for _, n := range g.nodes {
		price += n.pass.Loss
	}
	return price
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
