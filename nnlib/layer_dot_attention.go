package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Attention)(nil)

// Attention is Luong's: for each step of the query [Tq dim] the mean of the values
// [Tv dim2], weighted by the softmax of the products of query and keys [Tv dim]. Its
// inputs are query, value and perhaps key; without one the values are the keys. The value's
// mask hides values; where the query's hides a step, the output is 0.
type Attention struct {
	UseScale      bool // the products are multiplied by a weight, which starts at 1
	UseCausalMask bool // step i sees values 0 to i only
	Name          string

	scale *Param
	f     attending
}

// Build checks the shapes.
func (l *Attention) Build(b *Builder) (_ Shape, err error) {
	if err = l.f.build("Attention", b.In, l.UseCausalMask); err != nil {
		return nil, err
	}
	if l.UseScale {
		if l.scale, err = b.Weight("scale", "ones"); err != nil {
			return nil, err
		}
	}
	return Shape{l.f.tq, l.f.dv}, nil
}

// Forward computes scores, weights and means.
func (l *Attention) Forward(p *Pass) {
	f, n := &l.f, p.Batch()
	raw := p.Scratch(slotScores, n, f.tq, f.tv)
	exact.GemmBatch32(n, false, true, f.tq, f.tv, f.dim, p.In[0].Data, f.dim, f.tq*f.dim, f.key(p).Data, f.dim, f.tv*f.dim, raw.Data, f.tv, f.tq*f.tv, false)
	scores := p.Scratch(slotAttention, n, f.tq, f.tv)
	exact.Scale32(scores.Data, l.factor(), raw.Data)
	f.forward(p)
}

func (l *Attention) factor() float32 {
	if l.scale == nil {
		return 1
	}
	return l.scale.Value.Data[0]
}

// Backward computes the gradients.
func (l *Attention) Backward(p *Pass) {
	f, n := &l.f, p.Batch()
	ds := f.backward(p)
	if l.scale != nil {
		l.scale.Grad.Data[0] += float32(exact.Dot32To64(ds.Data, p.Scratch(slotScores, n, f.tq, f.tv).Data))
		exact.Scale32(ds.Data, l.factor(), ds.Data)
	}
	if dq := p.InGrad[0]; dq != nil {
		exact.GemmBatch32(n, false, false, f.tq, f.dim, f.tv, ds.Data, f.tv, f.tq*f.tv, f.key(p).Data, f.dim, f.tv*f.dim, dq.Data, f.dim, f.tq*f.dim, false)
	}
	if dk, add := f.keyGrad(p); dk != nil {
		exact.GemmBatch32(n, true, false, f.tv, f.dim, f.tq, ds.Data, f.tv, f.tq*f.tv, p.In[0].Data, f.dim, f.tq*f.dim, dk.Data, f.dim, f.tv*f.dim, add)
	}
}

// attending is what Attention and AdditiveAttention have in common.
type attending struct {
	tq, tv, dim, dv int
	causal          bool
}

// Scratch numbers.
const (
	slotScores = iota
	slotAttention
	slotAttentionGrad
	slotSum // of query and key
)

func (f *attending) build(who string, in []Shape, causal bool) error {
	if len(in) < 2 || len(in) > 3 {
		return fmt.Errorf("%s wants the inputs query, value and perhaps key, got %d", who, len(in))
	}
	key := in[len(in)-1]
	for _, s := range in {
		if len(s) != 2 {
			return fmt.Errorf("%s wants samples [time features], got %v", who, in)
		}
	}
	if in[0][1] != key[1] || in[1][0] != key[0] {
		return fmt.Errorf("%s wants a query [Tq dim], a value [Tv dim2] and a key [Tv dim], got %v", who, in)
	}
	*f = attending{in[0][0], key[0], key[1], in[1][1], causal}
	return nil
}

func (f *attending) key(p *Pass) *Tensor { return p.In[len(p.In)-1] }

// keyGrad is where the gradient by the key goes, and whether it is added there.
func (f *attending) keyGrad(p *Pass) (*Tensor, bool) {
	return p.InGrad[len(p.In)-1], len(p.In) == 2
}

// forward turns scores into weights, and takes the means of the values.
func (f *attending) forward(p *Pass) {
	n := p.Batch()
	w := p.Scratch(slotAttention, n, f.tq, f.tv)
	for i := range n * f.tq {
		row := w.Data[i*f.tv : (i+1)*f.tv]
		seen := f.tv
		if f.causal {
			seen = min(i%f.tq+1, f.tv)
		}
		if values := p.maskOf(1); values != nil {
			f.hide(row, seen, values.Data[i/f.tq*f.tv:])
			seen = f.tv
		}
		exact.Softmax32(row[:seen], row[:seen], 1, seen, seen)
		clear(row[seen:])
		if pads(p.Mask, i) {
			clear(row)
		}
	}
	exact.GemmBatch32(n, false, false, f.tq, f.dv, f.tv, w.Data, f.tv, f.tq*f.tv, p.In[1].Data, f.dv, f.tv*f.dv, p.Out.Data, f.dv, f.tq*f.dv, false)
}

// hide makes the scores of hidden values so small that the softmax gives them nothing, unless all are.
func (f *attending) hide(row []float32, seen int, visible []float32) {
	for k := range row {
		if k >= seen || visible[k] == 0 {
			row[k] += never
		}
	}
}

// backward sets the gradient by the values, and returns that by the scores.
func (f *attending) backward(p *Pass) *Tensor {
	n := p.Batch()
	w, ds := p.Scratch(slotAttention, n, f.tq, f.tv), p.Scratch(slotAttentionGrad, n, f.tq, f.tv)
	exact.GemmBatch32(n, false, true, f.tq, f.tv, f.dv, p.OutGrad.Data, f.dv, f.tq*f.dv, p.In[1].Data, f.dv, f.tv*f.dv, ds.Data, f.tv, f.tq*f.tv, false)
	for i := range n * f.tq {
		g, y := ds.Data[i*f.tv:(i+1)*f.tv], w.Data[i*f.tv:(i+1)*f.tv]
		dot := float32(exact.Dot32To64(g, y))
		for k := range g {
			g[k] = y[k] * (g[k] - dot)
		}
	}
	if dv := p.InGrad[1]; dv != nil {
		exact.GemmBatch32(n, true, false, f.tv, f.dv, f.tq, w.Data, f.tv, f.tq*f.tv, p.OutGrad.Data, f.dv, f.tq*f.dv, dv.Data, f.dv, f.tv*f.dv, false)
	}
	return ds
}
