package nnlib

import "reprise/nnlib/exact"

var _ Layer = (*GRU)(nil)

// GRU is the gated recurrent unit of Cho and others (2014), in the form of Keras's
// default reset_after: gates update, reset, candidate in the kernels' columns, the
// reset gate applied after the recurrent product, which has a bias of its own. (In
// Keras the two biases are the rows of one weight.)
type GRU struct {
	Units               int
	Activation          any // tanh by default
	RecurrentActivation any // sigmoid by default
	NoBias              bool
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

// Build asks for kernel, recurrent kernel and the two biases.
func (l *GRU) Build(b *Builder) (_ Shape, err error) {
	act, err := newElementwise("GRU", or(l.Activation, "tanh"))
	if err != nil {
		return nil, err
	}
	gate, err := newElementwise("GRU", or(l.RecurrentActivation, "sigmoid"))
	if err != nil {
		return nil, err
	}
	l.r = recurrent{cell: gruCell{act, gate}, innerApart: true, returnState: l.ReturnState}
	return l.r.build(b, recurrentConfig{"GRU", l.Units, l.NoBias, l.ReturnSequences, l.GoBackwards, l.Stateful, l.Dropout, l.RecurrentDropout,
		l.KernelInitializer, l.RecurrentInitializer, l.BiasInitializer, l.KernelRegularizer, l.RecurrentRegularizer, l.BiasRegularizer,
		l.KernelConstraint, l.RecurrentConstraint, l.BiasConstraint})
}

// Forward runs over time.
func (l *GRU) Forward(p *Pass) { l.r.forward(p) }

// Backward runs back in time.
func (l *GRU) Backward(p *Pass) { l.r.backward(p) }

// ResetStates forgets the state of a stateful layer.
func (l *GRU) ResetStates() { l.r.resetStates() }

// gruCell keeps the gates' values where the input's sums were, and leaves the inner sums.
type gruCell struct{ act, gate elementwise }

func (gruCell) gates() int { return 3 }

func (c gruCell) forward(s *cellStep) {
	u := len(s.h)
	exact.Add32(s.z[:2*u], s.z[:2*u], s.inner[:2*u])
	c.gate.apply(&s.heads, s.z[:2*u], s.z[:2*u])
	z, r, g := s.z[:u], s.z[u:2*u], s.z[2*u:]
	for k := range g {
		g[k] += float32(r[k] * s.inner[2*u+k])
	}
	c.act.apply(&s.heads, g, g)
	for k := range s.h {
		s.h[k] = float32(z[k]*s.hPrev[k]) + float32((1-z[k])*g[k])
	}
}

func (c gruCell) backward(s *cellStep) {
	u := len(s.h)
	z, r, g := s.z[:u], s.z[u:2*u], s.z[2*u:]
	dz, dr, dg := s.dz[:u], s.dz[u:2*u], s.dz[2*u:]
	for k, dh := range s.dh {
		s.direct[k] = dh * z[k]
		dz[k] = dh * (s.hPrev[k] - g[k])
		dg[k] = dh * (1 - z[k])
	}
	c.act.grad(&s.heads, dg, dg, nil, g)
	exact.Mul32(dr, dg, s.inner[2*u:])
	c.gate.grad(&s.heads, s.dz[:2*u], s.dz[:2*u], nil, s.z[:2*u])
	copy(s.dInner, s.dz[:2*u])
	exact.Mul32(s.dInner[2*u:], dg, r)
}

func (l *GRU) carried() []**Tensor { return l.r.carried() }
