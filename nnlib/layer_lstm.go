package nnlib

import "reprise/nnlib/exact"

var _ Layer = (*LSTM)(nil)

// LSTM is the long short-term memory of Hochreiter and Schmidhuber (1997), as
// Keras has it: gates input, forget, cell, output in the kernels' columns, and a
// forget bias that starts at 1. It turns [time, features] into [units], or with
// ReturnSequences into [time, units].
type LSTM struct {
	Units               int
	Activation          any // tanh by default
	RecurrentActivation any // sigmoid by default
	NoBias              bool
	NoUnitForgetBias    bool // the forget bias starts at 0
	ReturnSequences     bool
	ReturnState         bool // the states follow the output, for ApplyState
	GoBackwards         bool
	Stateful            bool // the state goes on from batch to batch, until ResetStates
	Dropout             float64
	RecurrentDropout    float64

	KernelInitializer    any // glorot_uniform by default
	RecurrentInitializer any // orthogonal by default
	BiasInitializer      any // zeros by default
	KernelRegularizer    any
	RecurrentRegularizer any
	BiasRegularizer      any
	KernelConstraint     any
	RecurrentConstraint  any
	BiasConstraint       any

	InputShape Shape
	Name       string

	r recurrent
}

// Build asks for kernel, recurrent kernel and bias.
func (l *LSTM) Build(b *Builder) (_ Shape, err error) {
	act, err := newElementwise("LSTM", or(l.Activation, "tanh"))
	if err != nil {
		return nil, err
	}
	gate, err := newElementwise("LSTM", or(l.RecurrentActivation, "sigmoid"))
	if err != nil {
		return nil, err
	}
	l.r = recurrent{cell: lstmCell{act, gate}, hasC: true, returnState: l.ReturnState}
	out, err := l.r.build(b, recurrentConfig{"LSTM", l.Units, l.NoBias, l.ReturnSequences, l.GoBackwards, l.Stateful, l.Dropout, l.RecurrentDropout,
		l.KernelInitializer, l.RecurrentInitializer, l.BiasInitializer, l.KernelRegularizer, l.RecurrentRegularizer, l.BiasRegularizer,
		l.KernelConstraint, l.RecurrentConstraint, l.BiasConstraint})
	if err == nil && l.r.bias != nil && !l.NoUnitForgetBias {
		for i := range l.Units {
			l.r.bias.Value.Data[l.Units+i] = 1
		}
	}
	return out, err
}

// Forward runs over time.
func (l *LSTM) Forward(p *Pass) { l.r.forward(p) }

// Backward runs back in time.
func (l *LSTM) Backward(p *Pass) { l.r.backward(p) }

// ResetStates forgets the state of a stateful layer.
func (l *LSTM) ResetStates() { l.r.resetStates() }

// lstmCell keeps the gates' values where their sums were: it needs activations
// whose gradient follows from their value, as those of tanh and sigmoid do.
type lstmCell struct{ act, gate elementwise }

func (lstmCell) gates() int { return 4 }

func (c lstmCell) forward(s *cellStep) {
	u := len(s.h)
	c.gate.apply(&s.heads, s.z[:2*u], s.z[:2*u])
	c.act.apply(&s.heads, s.z[2*u:3*u], s.z[2*u:3*u])
	c.gate.apply(&s.heads, s.z[3*u:], s.z[3*u:])
	i, f, g, o := s.z[:u], s.z[u:2*u], s.z[2*u:3*u], s.z[3*u:]
	exact.AddProducts32(s.c, f, s.cPrev, i, g)
	c.act.apply(&s.heads, s.shown, s.c)
	exact.Mul32(s.h, o, s.shown)
}

func (c lstmCell) backward(s *cellStep) {
	u := len(s.h)
	i, f, g, o := s.z[:u], s.z[u:2*u], s.z[2*u:3*u], s.z[3*u:]
	di, df, dg, do := s.dz[:u], s.dz[u:2*u], s.dz[2*u:3*u], s.dz[3*u:]
	dCell := di // free until its own turn
	exact.Mul32(do, s.dh, s.shown)
	exact.Mul32(dCell, s.dh, o)
	c.act.grad(&s.heads, dCell, dCell, s.c, s.shown)
	exact.Add32(s.dc, s.dc, dCell)
	exact.Mul32(di, s.dc, g)
	exact.Mul32(df, s.dc, s.cPrev)
	exact.Mul32(dg, s.dc, i)
	exact.Mul32(s.dc, s.dc, f)
	c.gate.grad(&s.heads, s.dz[:2*u], s.dz[:2*u], nil, s.z[:2*u])
	c.act.grad(&s.heads, dg, dg, nil, g)
	c.gate.grad(&s.heads, do, do, nil, o)
}

func (l *LSTM) carried() []**Tensor { return l.r.carried() }
