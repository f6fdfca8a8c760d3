package nnlib

import "fmt"

var _ Layer = (*RNNState)(nil)

// RNNState takes the output or one of the states out of what a recurrent layer with
// ReturnState returns: ApplyState makes it.
type RNNState struct {
	Number    int  // 0 the output, 1 the last h, 2 the last c
	Units     int  // of the recurrent layer
	States    int  // that it has: 2 for an LSTM, else 1
	Sequences bool // the layer has ReturnSequences
	Name      string

	from  int
	shape Shape
}

// Build finds the place of the elements.
func (l *RNNState) Build(b *Builder) (Shape, error) {
	size := b.In[0].Size() - l.States*l.Units
	if l.Units < 1 || l.Number < 0 || l.Number > l.States || len(b.In[0]) != 1 || size < l.Units || size%l.Units != 0 {
		return nil, fmt.Errorf("RNNState wants what a recurrent layer with ReturnState returns, got samples %v", b.In[0])
	}
	l.from, l.shape = 0, Shape{l.Units}
	switch {
	case l.Number > 0:
		l.from = size + (l.Number-1)*l.Units
	case l.Sequences:
		l.shape = Shape{size / l.Units, l.Units}
	}
	return l.shape, nil
}

// Forward copies them.
func (l *RNNState) Forward(p *Pass) {
	if len(l.shape) < 2 {
		p.OutMask = nil
	}
	in, out := len(p.In[0].Data)/p.Batch(), l.shape.Size()
	for b := range p.Batch() {
		copy(p.Out.Data[b*out:(b+1)*out], p.In[0].Data[b*in+l.from:])
	}
}

// Backward puts the gradient in its place.
func (l *RNNState) Backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	clear(p.InGrad[0].Data)
	in, out := len(p.InGrad[0].Data)/p.Batch(), l.shape.Size()
	for b := range p.Batch() {
		copy(p.InGrad[0].Data[b*in+l.from:b*in+l.from+out], p.OutGrad.Data[b*out:(b+1)*out])
	}
}

// returning says what a recurrent layer with ReturnState returns; ok is false for all else.
func returning(l Layer) (state RNNState, ok bool) {
	switch l := l.(type) {
	case *SimpleRNN:
		return RNNState{Units: l.Units, States: 1, Sequences: l.ReturnSequences}, l.ReturnState
	case *GRU:
		return RNNState{Units: l.Units, States: 1, Sequences: l.ReturnSequences}, l.ReturnState
	case *LSTM:
		return RNNState{Units: l.Units, States: 2, Sequences: l.ReturnSequences}, l.ReturnState
	}
	return RNNState{}, false
}
