package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

var _ Layer = (*MultiHeadAttention)(nil)

// MultiHeadAttention lets each step of its first input, the query [time, features],
// look at the steps of its second, the value; a third is the key, else the value is.
// Vaswani and others, 2017; weights and names as in Keras. The masks of value and key hide
// steps from all, that of the query hides all from a step: it then sees their plain mean.
type MultiHeadAttention struct {
	NumHeads int
	KeyDim   int     // of each head's queries and keys
	ValueDim int     // KeyDim by default
	Dropout  float64 // of the attention's weights
	NoBias   bool
	Causal   bool // no step sees a later one; Keras's use_causal_mask

	KernelInitializer any // glorot_uniform by default
	BiasInitializer   any // zeros by default
	Name              string

	query, key, value, out projection
	drop                   masked
	steps, others          int // of query and of value
}

// A projection is a dense layer from [rows, in] to [rows, out].
type projection struct {
	kernel, bias *Param
	in, out      int
}

// Scratch numbers.
const (
	slotQ = iota
	slotK
	slotV
	slotWeights // after the softmax
	slotDropped // and after dropout
	slotMask
	slotMixed // the heads' outputs
	slotDQ
	slotDK
	slotDV
	slotDWeights
	slotDMixed
)

// Build asks for the projections of query, key, value and output.
func (m *MultiHeadAttention) Build(b *Builder) (_ Shape, err error) {
	if len(b.In) < 2 || len(b.In) > 3 || m.NumHeads < 1 || m.KeyDim < 1 {
		return nil, fmt.Errorf("MultiHeadAttention wants 2 or 3 inputs (query, value, key) and NumHeads and KeyDim of at least 1, got %d inputs, %d and %d", len(b.In), m.NumHeads, m.KeyDim)
	}
	for _, s := range b.In {
		if len(s) != 2 {
			return nil, fmt.Errorf("MultiHeadAttention wants samples [time features], got %v", s)
		}
	}
	q, v, k := b.In[0], b.In[1], b.In[len(b.In)-1]
	if v[0] != k[0] {
		return nil, fmt.Errorf("MultiHeadAttention wants a key for each value, got %v and %v", k, v)
	}
	m.steps, m.others, m.drop = q[0], v[0], masked{rate: m.Dropout}
	if err = m.drop.check("MultiHeadAttention"); err != nil {
		return nil, err
	}
	h, d, e := m.NumHeads, m.KeyDim, orInt(m.ValueDim, m.KeyDim)
	for _, p := range []struct {
		to     *projection
		name   string
		in     int
		kernel []int
		bias   []int
	}{
		{&m.query, "query", q[1], []int{q[1], h, d}, []int{h, d}},
		{&m.key, "key", k[1], []int{k[1], h, d}, []int{h, d}},
		{&m.value, "value", v[1], []int{v[1], h, e}, []int{h, e}},
		{&m.out, "attention_output", h * e, []int{h, e, q[1]}, []int{q[1]}},
	} {
		p.to.in, p.to.out = p.in, Shape(p.bias).Size()
		if p.to.kernel, err = b.Weight(p.name+"/kernel", b.asMatrix(or(m.KernelInitializer, "glorot_uniform"), p.to.in), p.kernel...); err != nil {
			return nil, err
		}
		if m.NoBias {
			continue
		}
		if p.to.bias, err = b.Weight(p.name+"/bias", or(m.BiasInitializer, "zeros"), p.bias...); err != nil {
			return nil, err
		}
	}
	return q, nil
}

func (p *projection) forward(y, x []float32) {
	rows := len(x) / p.in
	broadcast(y, p.bias, p.out)
	exact.Gemm32(false, false, rows, p.out, p.in, x, p.in, p.kernel.Value.Data, p.out, y, p.out, p.bias != nil)
}

// backward adds to the weights' gradients; dx may be nil.
func (p *projection) backward(dx, dy, x []float32, add bool) {
	rows := len(x) / p.in
	exact.Gemm32(true, false, p.in, p.out, rows, x, p.in, dy, p.out, p.kernel.Grad.Data, p.out, true)
	if p.bias != nil {
		exact.ColSum32(p.bias.Grad.Data, rows, p.out, dy, p.out, true)
	}
	if dx != nil {
		exact.Gemm32(false, true, rows, p.in, p.out, dy, p.out, p.kernel.Value.Data, p.out, dx, p.in, add)
	}
}

// Forward computes softmax(q·kᵀ/√d)·v in each head.
func (m *MultiHeadAttention) Forward(p *Pass) {
	n, h, d, e := p.Batch(), m.NumHeads, m.KeyDim, orInt(m.ValueDim, m.KeyDim)
	q, k, v := p.Scratch(slotQ, n*m.steps, h*d), p.Scratch(slotK, n*m.others, h*d), p.Scratch(slotV, n*m.others, h*e)
	m.query.forward(q.Data, p.In[0].Data)
	exact.Scale32(q.Data, m.scale(), q.Data)
	m.key.forward(k.Data, p.In[len(p.In)-1].Data)
	m.value.forward(v.Data, p.In[1].Data)
	weights, mixed := p.Scratch(slotWeights, n*h, m.steps, m.others), p.Scratch(slotMixed, n*m.steps, h*e)
	for i := range n * h {
		w := weights.Data[i*m.steps*m.others : (i+1)*m.steps*m.others]
		exact.Gemm32(false, true, m.steps, m.others, d, m.head(q, i, m.steps, d), h*d, m.head(k, i, m.others, d), h*d, w, m.others, false)
		m.hide(p, w, i/h, never)
		exact.Softmax32(w, w, m.steps, m.others, m.others)
	}
	used := m.dropped(p, weights)
	for i := range n * h {
		w := used.Data[i*m.steps*m.others : (i+1)*m.steps*m.others]
		exact.Gemm32(false, false, m.steps, e, m.others, w, m.others, m.head(v, i, m.others, e), h*e, m.head(mixed, i, m.steps, e), h*e, false)
	}
	m.out.forward(p.Out.Data, mixed.Data)
}

func (m *MultiHeadAttention) scale() float32 { return float32(1 / math.Sqrt(float64(m.KeyDim))) }

// head returns the part of t, rows of all heads side by side, where head i%NumHeads of sample i/NumHeads begins.
func (m *MultiHeadAttention) head(t *Tensor, i, steps, width int) []float32 {
	return t.Data[i/m.NumHeads*steps*m.NumHeads*width+i%m.NumHeads*width:]
}

// never is a score so small that the softmax gives it nothing.
const never = -1e9

// hide gives what a step of a sample may not see the value v.
func (m *MultiHeadAttention) hide(p *Pass, w []float32, sample int, v float32) {
	if !m.Causal && !hides(p) {
		return
	}
	masks := [3]*Tensor{p.Mask, p.maskOf(1), p.maskOf(2)}
	for i := range w {
		q, k := i/m.others, i%m.others
		if m.Causal && k > q || pads(masks[0], sample*m.steps+q) || pads(masks[1], sample*m.others+k) || pads(masks[2], sample*m.others+k) {
			w[i] = v
		}
	}
}

func pads(mask *Tensor, i int) bool { return mask != nil && mask.Data[i] == 0 }

func (m *MultiHeadAttention) dropped(p *Pass, weights *Tensor) *Tensor {
	if !p.Training || m.Dropout == 0 {
		return weights
	}
	mask, used := p.Scratch(slotMask, weights.Shape[0], weights.Shape[1:]...), p.Scratch(slotDropped, weights.Shape[0], weights.Shape[1:]...)
	keepMask(p, mask.Data, m.Dropout)
	exact.Mul32(used.Data, weights.Data, mask.Data)
	return used
}

// Backward computes the gradients.
func (m *MultiHeadAttention) Backward(p *Pass) {
	n, h, d, e := p.Batch(), m.NumHeads, m.KeyDim, orInt(m.ValueDim, m.KeyDim)
	q, k, v := p.Scratch(slotQ, n*m.steps, h*d), p.Scratch(slotK, n*m.others, h*d), p.Scratch(slotV, n*m.others, h*e)
	dq, dk, dv := p.Scratch(slotDQ, n*m.steps, h*d), p.Scratch(slotDK, n*m.others, h*d), p.Scratch(slotDV, n*m.others, h*e)
	weights, dWeights := p.Scratch(slotWeights, n*h, m.steps, m.others), p.Scratch(slotDWeights, n*h, m.steps, m.others)
	mixed, dMixed := p.Scratch(slotMixed, n*m.steps, h*e), p.Scratch(slotDMixed, n*m.steps, h*e)
	dropping := p.Training && m.Dropout > 0
	used := weights
	if dropping {
		used = p.Scratch(slotDropped, n*h, m.steps, m.others)
	}
	m.out.backward(dMixed.Data, p.OutGrad.Data, mixed.Data, false)
	each := m.steps * m.others
	for i := range n * h {
		w, dw := used.Data[i*each:(i+1)*each], dWeights.Data[i*each:(i+1)*each]
		exact.Gemm32(false, true, m.steps, m.others, e, m.head(dMixed, i, m.steps, e), h*e, m.head(v, i, m.others, e), h*e, dw, m.others, false)
		exact.Gemm32(true, false, m.others, e, m.steps, w, m.others, m.head(dMixed, i, m.steps, e), h*e, m.head(dv, i, m.others, e), h*e, false)
	}
	if dropping {
		exact.Mul32(dWeights.Data, dWeights.Data, p.Scratch(slotMask, n*h, m.steps, m.others).Data)
	}
	(&Softmax{}).Grad(dWeights, dWeights, nil, weights)
	for i := range n * h {
		dw := dWeights.Data[i*each : (i+1)*each]
		m.hide(p, dw, i/h, 0)
		exact.Gemm32(false, false, m.steps, d, m.others, dw, m.others, m.head(k, i, m.others, d), h*d, m.head(dq, i, m.steps, d), h*d, false)
		exact.Gemm32(true, false, m.others, d, m.steps, dw, m.others, m.head(q, i, m.steps, d), h*d, m.head(dk, i, m.others, d), h*d, false)
	}
	exact.Scale32(dq.Data, m.scale(), dq.Data)
	m.query.backward(data32(p.InGrad[0]), dq.Data, p.In[0].Data, false)
	m.value.backward(data32(p.InGrad[1]), dv.Data, p.In[1].Data, false)
	last := len(p.In) - 1
	m.key.backward(data32(p.InGrad[last]), dk.Data, p.In[last].Data, last == 1)
}

func data32(t *Tensor) []float32 {
	if t == nil {
		return nil
	}
	return t.Data
}
