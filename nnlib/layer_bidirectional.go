package nnlib

import "fmt"

var _ Layer = (*Bidirectional)(nil)

// Bidirectional runs a recurrent layer and a copy of it that goes backwards, and
// merges what they return.
type Bidirectional struct {
	Layer      Layer  // a pointer to SimpleRNN, LSTM or GRU
	MergeMode  string // "concat" by default, "sum", "mul", "ave"
	InputShape Shape
	Name       string

	back      Layer
	units     int
	sequences bool
	mode      int
}

// Build builds both directions.
func (l *Bidirectional) Build(b *Builder) (_ Shape, err error) {
	if l.mode, err = choice("Bidirectional's MergeMode", l.MergeMode, []string{"concat", "sum", "mul", "ave"}, []int{mergeConcat, mergeSum, mergeMul, mergeAve}); err != nil {
		return nil, err
	}
	if l.back, err = backwardsCopy(l.Layer); err != nil {
		return nil, err
	}
	if _, states := returning(l.Layer); states {
		return nil, fmt.Errorf("Bidirectional cannot return states; leave out ReturnState, or join two layers, one with GoBackwards, by Concatenate")
	}
	out, err := b.inner(l.Layer, "forward", b.In[0])
	if err != nil {
		return nil, err
	}
	if _, err = b.inner(l.back, "backward", b.In[0]); err != nil {
		return nil, err
	}
	l.sequences, l.units = len(out) == 2, out[len(out)-1]
	if l.mode == mergeConcat {
		out = append(out[:len(out)-1:len(out)-1], 2*l.units)
	}
	return out, nil
}

// Forward runs both directions.
func (l *Bidirectional) Forward(p *Pass) {
	for k, layer := range []Layer{l.Layer, l.back} {
		s := p.Sub(k, 1)
		s.In[0], s.Mask, s.OutMask = p.In[0], p.Mask, p.Mask
		s.Training, s.Rand = p.Training, p.Rand
		if l.sequences {
			s.Out = p.Scratch(k, p.Batch(), p.Out.Shape[1], l.units)
		} else {
			s.Out = p.Scratch(k, p.Batch(), l.units)
		}
		layer.Forward(s)
	}
	if !l.sequences {
		p.OutMask = nil
	}
	l.each(p, func(a, b float32, k, at int, padding bool) {
		if padding {
			a, b = 0, 0
		}
		switch l.mode {
		case mergeConcat:
			p.Out.Data[k], p.Out.Data[k+l.units] = a, b
		case mergeSum:
			p.Out.Data[k] = a + b
		case mergeMul:
			p.Out.Data[k] = a * b
		case mergeAve:
			p.Out.Data[k] = (a + b) / 2
		}
	})
}

// Backward runs both directions back.
func (l *Bidirectional) Backward(p *Pass) {
	f, b := p.Sub(0, 1), p.Sub(1, 1)
	f.OutGrad = p.Scratch(2, f.Out.Shape[0], f.Out.Shape[1:]...)
	b.OutGrad = p.Scratch(3, b.Out.Shape[0], b.Out.Shape[1:]...)
	at := 0
	l.each(p, func(x, y float32, k, back int, padding bool) {
		g := p.OutGrad.Data[k]
		da, db := g, g
		switch {
		case padding:
			da, db = 0, 0
		case l.mode == mergeConcat:
			db = p.OutGrad.Data[k+l.units]
		case l.mode == mergeMul:
			da, db = g*y, g*x
		case l.mode == mergeAve:
			da, db = g/2, g/2
		}
		f.OutGrad.Data[at], b.OutGrad.Data[back] = da, db
		at++
	})
	f.InGrad[0], b.InGrad[0] = p.InGrad[0], nil
	if dx := p.InGrad[0]; dx != nil {
		b.InGrad[0] = p.Scratch(4, dx.Shape[0], dx.Shape[1:]...)
	}
	l.Layer.Backward(f)
	l.back.Backward(b)
	if dx := p.InGrad[0]; dx != nil {
		for i, g := range b.InGrad[0].Data {
			dx.Data[i] += g
		}
	}
}

// each calls f for each pair of values, forwards a and backwards b, of one time: k
// is the place of the output, back that of b, whose steps come the other way round.
// A step of padding in a sequence is zero, as in Keras.
func (l *Bidirectional) each(p *Pass, f func(a, b float32, k, back int, padding bool)) {
	ahead, behind := p.Sub(0, 1).Out, p.Sub(1, 1).Out
	steps, wide := 1, l.units
	if l.sequences {
		steps = ahead.Shape[1]
	}
	if l.mode == mergeConcat {
		wide *= 2
	}
	for i := range p.Batch() * steps {
		sample, t := i/steps, i%steps
		padding := l.sequences && p.Mask != nil && p.Mask.Data[i] == 0
		for u := range l.units {
			back := (sample*steps+steps-1-t)*l.units + u
			f(ahead.Data[i*l.units+u], behind.Data[back], i*wide+u, back, padding)
		}
	}
}

// ResetStates forgets the states of stateful layers.
func (l *Bidirectional) ResetStates() {
	for _, layer := range []Layer{l.Layer, l.back} {
		if r, ok := layer.(interface{ ResetStates() }); ok {
			r.ResetStates()
		}
	}
}

func (l *Bidirectional) carried() (all []**Tensor) {
	for _, layer := range []Layer{l.Layer, l.back} {
		if c, ok := layer.(carrier); ok {
			all = append(all, c.carried()...)
		}
	}
	return all
}
