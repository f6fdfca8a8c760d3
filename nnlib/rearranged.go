package nnlib

import "fmt"

// rearranged is the working part of layers whose output's elements are elements
// of the input, or zeros: from[k] is where element k of a sample comes from, -1 for a zero.
type rearranged struct{ from []int }

// rearrange asks source for each place of the output in turn; it returns the input's place, nil for a zero.
func rearrange(in, out Shape, source func(at []int) []int) rearranged {
	if err := affordable(1, out); err != nil {
		panic(fmt.Errorf("nnlib: %w; make the layer smaller", err))
	}
	r := rearranged{make([]int, out.Size())}
	at := make([]int, len(out))
	for k := range r.from {
		rest := k
		for axis := len(out) - 1; axis >= 0; axis-- {
			at[axis], rest = rest%out[axis], rest/out[axis]
		}
		r.from[k] = -1
		if place := source(at); place != nil {
			r.from[k] = 0
			for axis, i := range place {
				r.from[k] = r.from[k]*in[axis] + i
			}
		}
	}
	return r
}

func (r rearranged) forward(p *Pass) {
	p.OutMask = nil
	n, m := len(p.In[0].Data)/p.Batch(), len(r.from)
	for b := range p.Batch() {
		x, y := p.In[0].Data[b*n:(b+1)*n], p.Out.Data[b*m:(b+1)*m]
		for k, i := range r.from {
			y[k] = 0
			if i >= 0 {
				y[k] = x[i]
			}
		}
	}
}

func (r rearranged) backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	clear(p.InGrad[0].Data)
	n, m := len(p.In[0].Data)/p.Batch(), len(r.from)
	for b := range p.Batch() {
		dx, dy := p.InGrad[0].Data[b*n:(b+1)*n], p.OutGrad.Data[b*m:(b+1)*m]
		for k, i := range r.from {
			if i >= 0 {
				dx[i] += dy[k]
			}
		}
	}
}

// copied is the working part of layers that only give the elements another shape.
type copied struct{}

func (copied) forward(p *Pass) {
	p.OutMask = nil
	copy(p.Out.Data, p.In[0].Data)
}

func (copied) backward(p *Pass) {
	if p.InGrad[0] != nil {
		copy(p.InGrad[0].Data, p.OutGrad.Data)
	}
}
