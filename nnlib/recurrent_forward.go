package nnlib

import "reprise/nnlib/exact"

// Scratch numbers of a Pass of a recurrent layer.
const (
	slotZ = iota
	slotInner
	slotH
	slotC
	slotShown
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
	slotTurned // the recurrent kernel, transposed
	slotY      // the output, where the states stand behind it
	slotYGrad
)

// An unrolled is a recurrent layer on a batch. All sums over the input are one matrix
// product, those over the state one a step. A sample never meets another one, so the
// workers share out the samples, each of which goes through all steps on one of them.
type unrolled struct {
	*recurrent
	shared
	wide            int     // columns of the kernels
	x, maskX, maskH *Tensor // the input as it is multiplied; dropout's masks, nil without
	z, inner        *Tensor // sums by time; inner is z unless the cell keeps them apart
	used            *Tensor
	h, c, shown     *Tensor
	h0, c0          *Tensor
	dy, dz, dInner  *Tensor     // in backward
	dh, dc, direct  *Tensor     // of one time
	turned          *Tensor     // the recurrent kernel, transposed once for all steps
	steppers        []*cellStep // one for each piece
}

func (r *recurrent) forward(p *Pass) {
	u := r.unroll(p)
	u.start()
	u.drop()
	broadcast(u.z.Data, u.bias, u.wide)
	exact.Gemm32(false, false, u.n*u.steps, u.wide, u.features, u.x.Data, u.features, u.kernel.Value.Data, u.wide, u.z.Data, u.wide, u.bias != nil)
	exact.Share(onward{u}, u.pieces)
	u.finish()
}

// unroll finds the tensors of a pass.
func (r *recurrent) unroll(p *Pass) *unrolled {
	n, wide := p.Batch(), r.gates()*r.units
	u := &r.room
	u.recurrent, u.wide = r, wide
	u.cut(p, n*r.steps*wide*r.units)
	u.z = p.Scratch(slotZ, n, r.steps, wide)
	u.inner = u.z
	if r.innerApart {
		u.inner = p.Scratch(slotInner, n, r.steps, wide)
	}
	u.used = p.Scratch(slotUsed, n, r.steps, r.units)
	u.h, u.h0 = p.Scratch(slotH, n, r.steps, r.units), p.Scratch(slotH0, n, r.units)
	if r.hasC {
		u.c, u.c0 = p.Scratch(slotC, n, r.steps, r.units), p.Scratch(slotC0, n, r.units)
		u.shown = p.Scratch(slotShown, n, r.steps, r.units)
	}
	u.x, u.maskX, u.maskH = p.In[0], nil, nil
	if p.Training && r.dropout.rate > 0 {
		u.x, u.maskX = p.Scratch(slotX, n, r.steps, r.features), p.Scratch(slotMaskX, n, r.features)
	}
	if p.Training && r.recurrentDrop.rate > 0 {
		u.maskH = p.Scratch(slotMaskH, n, r.units)
	}
	for len(u.steppers) < u.pieces {
		u.steppers = append(u.steppers, &cellStep{})
	}
	return u
}

// drop draws the dropout masks, which are the same at all times, and multiplies the input by its own.
func (u *unrolled) drop() {
	if u.maskH != nil {
		keepMask(u.p, u.maskH.Data, u.recurrentDrop.rate)
	}
	if u.maskX != nil {
		keepMask(u.p, u.maskX.Data, u.dropout.rate)
		timesMask(u.x, u.p.In[0], u.maskX, u.steps)
	}
}

// timesMask multiplies each of the steps by the sample's mask.
func timesMask(dst, x, mask *Tensor, steps int) {
	f := len(mask.Data) / mask.Shape[0]
	for i := range mask.Shape[0] * steps {
		m := mask.Data[i/steps*f : (i/steps+1)*f]
		exact.Mul32(dst.Data[i*f:(i+1)*f], x.Data[i*f:(i+1)*f], m)
	}
}

// onward takes a piece of the samples through time.
type onward struct{ *unrolled }

func (u onward) Piece(i int) {
	from, to := u.samples(i)
	for s := range u.steps {
		u.step(u.steppers[i], from, to, s)
	}
}

func (u onward) step(c *cellStep, from, to, s int) {
	t := u.at(s)
	for b := from; b < to; b++ {
		used := row(u.used, b, t)
		copy(used, u.before(u.h, u.h0, b, s))
		if u.maskH != nil {
			exact.Mul32(used, used, line(u.maskH, b))
		}
		if u.innerApart {
			broadcast(row(u.inner, b, t), u.innerBias, u.wide)
		}
	}
	first := from*u.steps + t
	exact.Gemm32(false, false, to-from, u.wide, u.units, u.used.Data[first*u.units:], u.steps*u.units, u.recurrentKernel.Value.Data, u.wide,
		u.inner.Data[first*u.wide:], u.steps*u.wide, !u.innerApart || u.innerBias != nil)
	for b := from; b < to; b++ {
		u.slices(c, b, s)
		if u.hidden(b, t) {
			copy(c.h, c.hPrev)
			copy(c.c, c.cPrev)
			continue
		}
		u.cell.forward(c)
	}
}

// at returns the time of step number s.
func (r *recurrent) at(s int) int {
	if r.backwards {
		return r.steps - 1 - s
	}
	return s
}

// hidden says whether sample b has padding at time t.
func (u *unrolled) hidden(b, t int) bool {
	return u.p.Mask != nil && u.p.Mask.Data[b*u.steps+t] == 0
}

// before returns sample b's state before step s.
func (u *unrolled) before(states, initial *Tensor, b, s int) []float32 {
	if s == 0 {
		return line(initial, b)
	}
	return row(states, b, u.at(s-1))
}

// slices points c at sample b's part of the pass at step s, as far as forward needs it.
func (u *unrolled) slices(c *cellStep, b, s int) {
	t := u.at(s)
	c.z, c.inner = row(u.z, b, t), row(u.inner, b, t)
	c.h, c.hPrev = row(u.h, b, t), u.before(u.h, u.h0, b, s)
	if u.hasC {
		c.c, c.cPrev, c.shown = row(u.c, b, t), u.before(u.c, u.c0, b, s), row(u.shown, b, t)
	}
}

// row returns t[b, time, :] of a tensor [batch, time, ...].
func row(t *Tensor, b, time int) []float32 {
	w := t.Shape[2]
	at := (b*t.Shape[1] + time) * w
	return t.Data[at : at+w]
}

// line returns t[b, :] of a tensor [batch, ...].
func line(t *Tensor, b int) []float32 {
	w := t.Shape[1]
	return t.Data[b*w : (b+1)*w]
}

// broadcast copies a bias, if there is one, into each row.
func broadcast(rows []float32, bias *Param, wide int) {
	if bias != nil {
		for at := 0; at < len(rows); at += wide {
			copy(rows[at:at+wide], bias.Value.Data)
		}
	}
}
