package nnlib

import "reprise/nnlib/exact"

var _ Layer = (*AdditiveAttention)(nil)

// AdditiveAttention is Bahdanau's (2014): Attention whose scores are Σ scale·tanh(query + key).
type AdditiveAttention struct {
	NoScale       bool // Keras's use_scale=False: the scale is 1
	UseCausalMask bool // step i sees values 0 to i only
	Name          string

	scale *Param
	f     attending
}

// Build asks for the scale [dim].
func (l *AdditiveAttention) Build(b *Builder) (_ Shape, err error) {
	if err = l.f.build("AdditiveAttention", b.In, l.UseCausalMask); err != nil {
		return nil, err
	}
	if !l.NoScale {
		if l.scale, err = b.Weight("scale", "glorot_uniform", l.f.dim); err != nil {
			return nil, err
		}
	}
	return Shape{l.f.tq, l.f.dv}, nil
}

// Forward computes scores, weights and means.
func (l *AdditiveAttention) Forward(p *Pass) {
	f, n, key := &l.f, p.Batch(), l.f.key(p)
	sums := p.Scratch(slotSum, n, f.tq, f.tv, f.dim)
	for at := range n * f.tq * f.tv {
		q, k := at/f.tv*f.dim, (at/f.tv/f.tq*f.tv+at%f.tv)*f.dim
		exact.Add32(sums.Data[at*f.dim:(at+1)*f.dim], p.In[0].Data[q:q+f.dim], key.Data[k:k+f.dim])
	}
	exact.TanhTo(sums.Data, sums.Data)
	scores := p.Scratch(slotAttention, n, f.tq, f.tv)
	for at := range scores.Data {
		row := sums.Data[at*f.dim : (at+1)*f.dim]
		if l.scale == nil {
			scores.Data[at] = exact.Sum32(row)
		} else {
			scores.Data[at] = float32(exact.Dot32To64(row, l.scale.Value.Data))
		}
	}
	f.forward(p)
}

// Backward computes the gradients.
func (l *AdditiveAttention) Backward(p *Pass) {
	f, n := &l.f, p.Batch()
	ds, sums := l.f.backward(p), p.Scratch(slotSum, n, f.tq, f.tv, f.dim)
	dq, dk := p.InGrad[0], (*Tensor)(nil)
	if g, add := f.keyGrad(p); g != nil {
		if dk = g; !add {
			clear(dk.Data)
		}
	}
	if dq != nil {
		clear(dq.Data)
	}
	for at, d := range ds.Data {
		q, k := at/f.tv*f.dim, (at/f.tv/f.tq*f.tv+at%f.tv)*f.dim
		for e, t := range sums.Data[at*f.dim : (at+1)*f.dim] {
			g := d
			if l.scale != nil {
				l.scale.Grad.Data[e] += float32(d * t)
				g = float32(g * l.scale.Value.Data[e])
			}
			g = float32(g * (1 - float32(t*t)))
			if dq != nil {
				dq.Data[q+e] += g
			}
			if dk != nil {
				dk.Data[k+e] += g
			}
		}
	}
}
