package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

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
	z, inner     []float32 // inner: the recurrent sums apart, for a cell that needs them so
	hPrev, h     []float32
	cPrev, c     []float32
	dz, dInner   []float32
	dh, dc       []float32
	direct, room []float32
}

// Scratch numbers of a Pass of a recurrent layer.
const (
	slotZ = iota
	slotInner
	slotH
	slotC
	slotUsed // h of the step before, times its dropout mask
	slotDZ
	slotDInner
	slotDH
	slotDC
	slotDirect
	slotX     // the input times its dropout mask
	slotDX    // its gradient
	slotMaskX // dropout masks
	slotMaskH
	slotH0 // the state before the first step
	slotC0
	slotRoom
	slotY // the output, where the states stand behind it
	slotYGrad
)

// recurrent runs a cell over time. Samples are [time, features]; all sums over
// the input are one matrix product, those over the state one a step.
type recurrent struct {
	cell
	units, features, steps int
	sequences, backwards   bool
	dropout, recurrentDrop masked
	kernel, recurrent      *Param
	bias, innerBias        *Param // innerBias: of the inner sums; nil unless the cell keeps them apart
	innerApart             bool
	hasC                   bool
	stateful               bool
	returnState            bool     // the output is y, h and c behind each other
	initial                bool     // the state before the first step is an input
	carriedH, carriedC     *Tensor  // the last state, where stateful
	step                   cellStep // room for the step at hand
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
	if r.recurrent, err = b.Weight("recurrent_kernel", or(c.recurrentInit, "orthogonal"), r.units, wide); err != nil {
		return err
	}
	if err = r.recurrent.restrict(c.recurrentRegularizer, c.recurrentConstraint); err != nil || c.noBias {
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

// at returns the time of step number s.
func (r *recurrent) at(s int) int {
	if r.backwards {
		return r.steps - 1 - s
	}
	return s
}

func (r *recurrent) forward(p *Pass) {
	n, wide := p.Batch(), r.gates()*r.units
	x := r.input(p)
	z := p.Scratch(slotZ, n, r.steps, wide)
	broadcast(z.Data, r.bias, wide)
	exact.Gemm32(false, false, n*r.steps, wide, r.features, x.Data, r.features, r.kernel.Value.Data, wide, z.Data, wide, r.bias != nil)
	r.start(p)
	for s := range r.steps {
		r.stepForward(p, s)
	}
	r.finish(p)
}

// input returns x, times a dropout mask that is the same at all times.
func (r *recurrent) input(p *Pass) *Tensor {
	x, n := p.In[0], p.Batch()
	if p.Training && r.recurrentDrop.rate > 0 {
		keepMask(p, p.Scratch(slotMaskH, n, r.units).Data, r.recurrentDrop.rate)
	}
	if !p.Training || r.dropout.rate == 0 {
		return x
	}
	mask, dropped := p.Scratch(slotMaskX, n, r.features), p.Scratch(slotX, n, r.steps, r.features)
	keepMask(p, mask.Data, r.dropout.rate)
	timesMask(dropped, x, mask, r.steps)
	return dropped
}

// timesMask multiplies each of the steps by the sample's mask.
func timesMask(dst, x, mask *Tensor, steps int) {
	f := len(mask.Data) / mask.Shape[0]
	for i := range mask.Shape[0] * steps {
		m := mask.Data[i/steps*f : (i/steps+1)*f]
		exact.Mul32(dst.Data[i*f:(i+1)*f], x.Data[i*f:(i+1)*f], m)
	}
}

// start sets the state before the first step: zeros, or where stateful what the last batch left.
func (r *recurrent) start(p *Pass) {
	n := p.Batch()
	h0 := p.Scratch(slotH0, n, r.units)
	clear(h0.Data)
	if r.initial {
		copy(h0.Data, p.In[1].Data)
	}
	if r.stateful && r.carriedH != nil {
		if r.carriedH.Shape[0] != n {
			panic(fmt.Errorf("nnlib: a stateful layer got a batch of %d samples after one of %d; let all batches have one size, or call ResetStates between", n, r.carriedH.Shape[0]))
		}
		copy(h0.Data, r.carriedH.Data)
	}
	if r.hasC {
		c0 := p.Scratch(slotC0, n, r.units)
		clear(c0.Data)
		if r.initial {
			copy(c0.Data, p.In[2].Data)
		}
		if r.stateful && r.carriedC != nil {
			copy(c0.Data, r.carriedC.Data)
		}
	}
}

func (r *recurrent) stepForward(p *Pass, s int) {
	n, u, wide, t := p.Batch(), r.units, r.gates()*r.units, r.at(s)
	used := p.Scratch(slotUsed, n, r.steps, u)
	for b := range n {
		copy(row(used, b, t), r.before(p, slotH, slotH0, b, s))
		if p.Training && r.recurrentDrop.rate > 0 {
			exact.Mul32(row(used, b, t), row(used, b, t), p.Scratch(slotMaskH, n, u).Data[b*u:(b+1)*u])
		}
	}
	sums := p.Scratch(slotZ, n, r.steps, wide)
	load := true
	if r.innerApart {
		sums = p.Scratch(slotInner, n, r.steps, wide)
		for b := range n {
			broadcast(row(sums, b, t), r.innerBias, wide)
		}
		load = r.innerBias != nil
	}
	exact.Gemm32(false, false, n, wide, u, used.Data[t*u:], r.steps*u, r.recurrent.Value.Data, wide, sums.Data[t*wide:], r.steps*wide, load)
	c := &r.step
	for b := range n {
		r.slices(p, c, b, s)
		if r.hidden(p, b, t) {
			copy(c.h, c.hPrev)
			copy(c.c, c.cPrev)
			continue
		}
		r.cell.forward(c)
	}
}

// hidden says whether sample b has padding at time t.
func (r *recurrent) hidden(p *Pass, b, t int) bool {
	return p.Mask != nil && p.Mask.Data[b*r.steps+t] == 0
}

// before returns sample b's state before step s.
func (r *recurrent) before(p *Pass, slot, initial, b, s int) []float32 {
	n, u := p.Batch(), r.units
	if s == 0 {
		return p.Scratch(initial, n, u).Data[b*u : (b+1)*u]
	}
	return row(p.Scratch(slot, n, r.steps, u), b, r.at(s-1))
}

// slices points c at sample b's part of the pass at step s, as far as forward needs it.
func (r *recurrent) slices(p *Pass, c *cellStep, b, s int) {
	n, u, wide, t := p.Batch(), r.units, r.gates()*r.units, r.at(s)
	c.z = row(p.Scratch(slotZ, n, r.steps, wide), b, t)
	if r.innerApart {
		c.inner = row(p.Scratch(slotInner, n, r.steps, wide), b, t)
	}
	c.h, c.hPrev = row(p.Scratch(slotH, n, r.steps, u), b, t), r.before(p, slotH, slotH0, b, s)
	if r.hasC {
		c.c, c.cPrev = row(p.Scratch(slotC, n, r.steps, u), b, t), r.before(p, slotC, slotC0, b, s)
	}
	c.room = p.Scratch(slotRoom, 1, u).Data
}

// row returns t[b, time, :] of a tensor [batch, time, ...].
func row(t *Tensor, b, time int) []float32 {
	w := t.Shape[2]
	at := (b*t.Shape[1] + time) * w
	return t.Data[at : at+w]
}

// broadcast copies a bias, if there is one, into each row.
func broadcast(rows []float32, bias *Param, wide int) {
	if bias != nil {
		for at := 0; at < len(rows); at += wide {
			copy(rows[at:at+wide], bias.Value.Data)
		}
	}
}

// finish writes the output, and keeps the state where stateful.
func (r *recurrent) finish(p *Pass) {
	n, u, last := p.Batch(), r.units, r.at(r.steps-1)
	h, y := p.Scratch(slotH, n, r.steps, u), r.output(p)
	if r.sequences {
		r.writeSequence(y, h)
	} else {
		p.OutMask = nil
		for b := range n {
			copy(y.Data[b*u:(b+1)*u], row(h, b, last))
		}
	}
	if r.returnState {
		r.packStates(p, y, h, last)
	}
	if r.stateful {
		r.carriedH = carry(r.carriedH, h, last)
		if r.hasC {
			r.carriedC = carry(r.carriedC, p.Scratch(slotC, n, r.steps, u), last)
		}
	}
}

// output is where the output without the states goes.
func (r *recurrent) output(p *Pass) *Tensor {
	if r.returnState {
		return p.Scratch(slotY, p.Batch(), r.shape()...)
	}
	return p.Out
}

// packStates puts output and last states behind each other.
func (r *recurrent) packStates(p *Pass, y, h *Tensor, last int) {
	n, u, size := p.Batch(), r.units, r.shape().Size()
	wide := size + r.states()*u
	for b := range n {
		out := p.Out.Data[b*wide : (b+1)*wide]
		copy(out, y.Data[b*size:(b+1)*size])
		copy(out[size:], row(h, b, last))
		if r.hasC {
			copy(out[size+u:], row(p.Scratch(slotC, n, r.steps, u), b, last))
		}
	}
}

// unpackStates starts the gradients by the last states, and returns that by the output without them.
func (r *recurrent) unpackStates(p *Pass) *Tensor {
	if !r.returnState {
		return p.OutGrad
	}
	n, u, size := p.Batch(), r.units, r.shape().Size()
	wide, dy := size+r.states()*u, p.Scratch(slotYGrad, n, r.shape()...)
	for b := range n {
		out := p.OutGrad.Data[b*wide : (b+1)*wide]
		copy(dy.Data[b*size:(b+1)*size], out)
		copy(p.Scratch(slotDH, n, u).Data[b*u:(b+1)*u], out[size:])
		if r.hasC {
			copy(p.Scratch(slotDC, n, u).Data[b*u:(b+1)*u], out[size+u:])
		}
	}
	return dy
}

// writeSequence writes all steps in the order in which they were computed, as Keras does.
func (r *recurrent) writeSequence(y, h *Tensor) {
	for b := range y.Shape[0] {
		for s := range r.steps {
			copy(row(y, b, s), row(h, b, r.at(s)))
		}
	}
}

func carry(to, states *Tensor, last int) *Tensor {
	if to == nil {
		to = &Tensor{}
	}
	n, u := states.Shape[0], states.Shape[2]
	to.rows(n, Shape{u})
	for b := range n {
		copy(to.Data[b*u:(b+1)*u], row(states, b, last))
	}
	return to
}

func (r *recurrent) resetStates() { r.carriedH, r.carriedC = nil, nil }

// carried is where a checkpoint keeps the state of a stateful layer.
func (r *recurrent) carried() []**Tensor { return []**Tensor{&r.carriedH, &r.carriedC} }
