package nnlib

import "fmt"

// A cell is what SimpleRNN, LSTM and GRU differ in: one sample at one time step.
type cell interface {
	// gates is how many times units the kernels have columns.
	gates() int
	// forward turns s.z, the sums of the gates, into what backward needs of them,
	// and computes s.h, and s.c where there is one.
	forward(s *cellStep)
	// backward computes from s.dh (and s.dc, which it turns into the gradient by
	// s.cPrev) the gradient by the sums, s.dz, and sets s.direct to the gradient by
	// s.hPrev that does not go by the sums.
	backward(s *cellStep)
}

// A cellStep holds slices of one sample at one step: units long each, z and dz gates·units.
type cellStep struct {
	z, inner   []float32 // inner: the recurrent sums apart, for a cell that needs them so
	hPrev, h   []float32
	cPrev, c   []float32
	shown      []float32 // what forward keeps of c besides
	dz, dInner []float32
	dh, dc     []float32
	direct     []float32
	heads      tensorHeads
}

// recurrent runs a cell over time. Samples are [time, features].
type recurrent struct {
	cell
	units, features, steps  int
	sequences, backwards    bool
	dropout, recurrentDrop  masked
	kernel, recurrentKernel *Param
	bias, innerBias         *Param // innerBias: of the inner sums; nil unless the cell keeps them apart
	innerApart              bool
	hasC                    bool
	stateful                bool
	returnState             bool    // the output is y, h and c behind each other
	initial                 bool    // the state before the first step is an input
	carriedH, carriedC      *Tensor // the last state, where stateful
	room                    unrolled
}

// recurrentConfig is what SimpleRNN, LSTM and GRU have in common.
type recurrentConfig struct {
	who                                     string
	units                                   int
	noBias, sequences, backwards, stateful  bool
	dropout, recurrentDropout               float64
	kernelInit, recurrentInit, biasInit     any
	kernelRegularizer, recurrentRegularizer any
	biasRegularizer                         any
	kernelConstraint, recurrentConstraint   any
	biasConstraint                          any
}

func (r *recurrent) build(b *Builder, c recurrentConfig) (Shape, error) {
	in := b.In[0]
	if len(in) != 2 {
		return nil, fmt.Errorf("%s wants samples [time features], got %v; add a Reshape before it", c.who, in)
	}
	if c.units < 1 || in[0] < 1 {
		return nil, fmt.Errorf("%s wants Units and time steps of at least 1, got %d and %d", c.who, c.units, in[0])
	}
	r.units, r.steps, r.features = c.units, in[0], in[1]
	r.sequences, r.backwards, r.stateful = c.sequences, c.backwards, c.stateful
	r.dropout, r.recurrentDrop = masked{rate: c.dropout}, masked{rate: c.recurrentDropout}
	if err := r.dropout.check(c.who); err != nil {
		return nil, err
	}
	if err := r.recurrentDrop.check(c.who); err != nil {
		return nil, err
	}
	if err := r.initialState(b, c.who); err != nil {
		return nil, err
	}
	if err := r.weights(b, c); err != nil {
		return nil, err
	}
	if r.returnState {
		return Shape{r.shape().Size() + r.states()*r.units}, nil
	}
	return r.shape(), nil
}

// shape is that of a sample of the output without the states.
func (r *recurrent) shape() Shape {
	if r.sequences {
		return Shape{r.steps, r.units}
	}
	return Shape{r.units}
}

// states is how many tensors the state consists of.
func (r *recurrent) states() int {
	if r.hasC {
		return 2
	}
	return 1
}

// initialState checks the inputs behind the first one.
func (r *recurrent) initialState(b *Builder, who string) error {
	r.initial = len(b.In) > 1
	for _, s := range b.In[1:] {
		if len(b.In) != 1+r.states() || len(s) != 1 || s[0] != r.units {
			return fmt.Errorf("%s takes behind its input the %d states that it begins with, each [%d], got %v", who, r.states(), r.units, b.In[1:])
		}
	}
	if r.stateful && (r.initial || r.returnState) {
		return fmt.Errorf("%s is Stateful, so it takes and returns no states; leave one of the two out", who)
	}
	return nil
}

func (r *recurrent) weights(b *Builder, c recurrentConfig) (err error) {
	wide := r.gates() * r.units
	if r.kernel, err = b.Weight("kernel", or(c.kernelInit, "glorot_uniform"), r.features, wide); err != nil {
		return err
	}
	if err = r.kernel.restrict(c.kernelRegularizer, c.kernelConstraint); err != nil {
		return err
	}
	if r.recurrentKernel, err = b.Weight("recurrent_kernel", or(c.recurrentInit, "orthogonal"), r.units, wide); err != nil {
		return err
	}
	if err = r.recurrentKernel.restrict(c.recurrentRegularizer, c.recurrentConstraint); err != nil || c.noBias {
		return err
	}
	if r.bias, err = b.Weight("bias", or(c.biasInit, "zeros"), wide); err != nil {
		return err
	}
	if err = r.bias.restrict(c.biasRegularizer, c.biasConstraint); err != nil {
		return err
	}
	if r.innerApart {
		r.innerBias, err = b.Weight("recurrent_bias", or(c.biasInit, "zeros"), wide)
	}
	return err
}
