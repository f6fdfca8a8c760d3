package nnlib

import "fmt"

// start sets the state before the first step: zeros, an input, or where stateful what the last batch left.
func (u *unrolled) start() {
	u.begin(u.h0, 1, u.carriedH)
	if u.hasC {
		u.begin(u.c0, 2, u.carriedC)
	}
}

func (u *unrolled) begin(state *Tensor, input int, carried *Tensor) {
	switch {
	case u.initial:
		copy(state.Data, u.p.In[input].Data)
	case u.stateful && carried != nil:
		if carried.Shape[0] != u.n {
			panic(fmt.Errorf("nnlib: a stateful layer got a batch of %d samples after one of %d; let all batches have one size, or call ResetStates between", u.n, carried.Shape[0]))
		}
		copy(state.Data, carried.Data)
	default:
		clear(state.Data)
	}
}

// finish writes the output, and keeps the state where stateful.
func (u *unrolled) finish() {
	last, y := u.at(u.steps-1), u.output()
	if u.sequences {
		u.writeSequence(y)
	} else {
		u.p.OutMask = nil
		for b := range u.n {
			copy(line(y, b), row(u.h, b, last))
		}
	}
	if u.returnState {
		u.packStates(y, last)
	}
	if u.stateful {
		u.carriedH = carry(u.carriedH, u.h, last)
		if u.hasC {
			u.carriedC = carry(u.carriedC, u.c, last)
		}
	}
}

// output is where the output without the states goes.
func (u *unrolled) output() *Tensor {
	if u.returnState {
		return u.p.Scratch(slotY, u.n, u.shape()...)
	}
	return u.p.Out
}

// writeSequence writes all steps in the order in which they were computed, as Keras does.
func (u *unrolled) writeSequence(y *Tensor) {
	for b := range u.n {
		for s := range u.steps {
			copy(row(y, b, s), row(u.h, b, u.at(s)))
		}
	}
}

// packStates puts output and last states behind each other.
func (u *unrolled) packStates(y *Tensor, last int) {
	size := u.shape().Size()
	for b := range u.n {
		out := line(u.p.Out, b)
		copy(out, y.Data[b*size:(b+1)*size])
		copy(out[size:], row(u.h, b, last))
		if u.hasC {
			copy(out[size+u.units:], row(u.c, b, last))
		}
	}
}

// unpackStates starts the gradients by the last states, and finds that by the output without them.
func (u *unrolled) unpackStates() {
	u.dy = u.p.OutGrad
	if !u.returnState {
		return
	}
	size := u.shape().Size()
	u.dy = u.p.Scratch(slotYGrad, u.n, u.shape()...)
	for b := range u.n {
		out := line(u.p.OutGrad, b)
		copy(u.dy.Data[b*size:(b+1)*size], out)
		copy(line(u.dh, b), out[size:])
		if u.hasC {
			copy(line(u.dc, b), out[size+u.units:])
		}
	}
}

func carry(to, states *Tensor, last int) *Tensor {
	if to == nil {
		to = &Tensor{}
	}
	to.rows(states.Shape[0], Shape{states.Shape[2]})
	for b := range states.Shape[0] {
		copy(line(to, b), row(states, b, last))
	}
	return to
}

func (r *recurrent) resetStates() { r.carriedH, r.carriedC = nil, nil }

// carried is where a checkpoint keeps the state of a stateful layer.
func (r *recurrent) carried() []**Tensor { return []**Tensor{&r.carriedH, &r.carriedC} }
