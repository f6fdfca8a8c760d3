package nnlib

var _ Layer = (*SimpleRNN)(nil)

// SimpleRNN is h = activation(x·kernel + h·recurrent_kernel + bias) over time:
// [time, features] to [units], or with ReturnSequences to [time, units].
type SimpleRNN struct {
	Units            int
	Activation       any // tanh by default
	NoBias           bool
	ReturnSequences  bool
	ReturnState      bool // the states follow the output, for ApplyState
	GoBackwards      bool
	Stateful         bool // the state goes on from batch to batch, until ResetStates
	Dropout          float64
	RecurrentDropout float64

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
func (l *SimpleRNN) Build(b *Builder) (_ Shape, err error) {
	act, err := newElementwise("SimpleRNN", or(l.Activation, "tanh"))
	if err != nil {
		return nil, err
	}
	l.r = recurrent{cell: simpleCell{act}, returnState: l.ReturnState}
	return l.r.build(b, recurrentConfig{"SimpleRNN", l.Units, l.NoBias, l.ReturnSequences, l.GoBackwards, l.Stateful, l.Dropout, l.RecurrentDropout,
		l.KernelInitializer, l.RecurrentInitializer, l.BiasInitializer, l.KernelRegularizer, l.RecurrentRegularizer, l.BiasRegularizer,
		l.KernelConstraint, l.RecurrentConstraint, l.BiasConstraint})
}

// Forward runs over time.
func (l *SimpleRNN) Forward(p *Pass) { l.r.forward(p) }

// Backward runs back in time.
func (l *SimpleRNN) Backward(p *Pass) { l.r.backward(p) }

// ResetStates forgets the state of a stateful layer.
func (l *SimpleRNN) ResetStates() { l.r.resetStates() }

type simpleCell struct{ act elementwise }

func (simpleCell) gates() int { return 1 }

func (c simpleCell) forward(s *cellStep) { c.act.apply(&s.heads, s.h, s.z) }

func (c simpleCell) backward(s *cellStep) { c.act.grad(&s.heads, s.dz, s.dh, s.z, s.h) }

func (l *SimpleRNN) carried() []**Tensor { return l.r.carried() }
