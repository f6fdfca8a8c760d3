package nnlib

import "reprise/nnlib/exact"

func (r *recurrent) backward(p *Pass) {
	u := r.unroll(p)
	u.unrollBack()
	u.unpackStates()
	exact.Share(backward{u}, u.pieces)
	if u.initial && p.InGrad[1] != nil {
		copy(p.InGrad[1].Data, u.dh.Data)
	}
	if u.initial && u.hasC && p.InGrad[2] != nil {
		copy(p.InGrad[2].Data, u.dc.Data)
	}
	u.gradients()
}

// unrollBack finds the tensors that forward has no use for, and clears the gradients by the last states.
func (u *unrolled) unrollBack() {
	u.dz = u.p.Scratch(slotDZ, u.n, u.steps, u.wide)
	u.dInner = u.dz
	if u.innerApart {
		u.dInner = u.p.Scratch(slotDInner, u.n, u.steps, u.wide)
	}
	u.dh, u.direct = u.p.Scratch(slotDH, u.n, u.units), u.p.Scratch(slotDirect, u.n, u.units)
	clear(u.dh.Data)
	if u.hasC {
		u.dc = u.p.Scratch(slotDC, u.n, u.units)
		clear(u.dc.Data)
	}
	u.turned = u.p.Scratch(slotTurned, u.wide, u.units)
	exact.Transpose32(u.turned.Data, u.recurrentKernel.Value.Data, u.units, u.wide)
}

// gradients computes those by the weights and by the input from those by the sums.
func (u *unrolled) gradients() {
	rows, wide := u.n*u.steps, u.wide
	exact.Gemm32(true, false, u.features, wide, rows, u.x.Data, u.features, u.dz.Data, wide, u.kernel.Grad.Data, wide, true)
	exact.Gemm32(true, false, u.units, wide, rows, u.used.Data, u.units, u.dInner.Data, wide, u.recurrentKernel.Grad.Data, wide, true)
	if u.bias != nil {
		exact.ColSum32(u.bias.Grad.Data, rows, wide, u.dz.Data, wide, true)
	}
	if u.innerBias != nil {
		exact.ColSum32(u.innerBias.Grad.Data, rows, wide, u.dInner.Data, wide, true)
	}
	if dx := u.p.InGrad[0]; dx != nil {
		exact.Gemm32(false, true, rows, u.features, wide, u.dz.Data, wide, u.kernel.Value.Data, wide, dx.Data, u.features, false)
		if u.maskX != nil {
			timesMask(dx, dx, u.maskX, u.steps)
		}
	}
}

// backward takes a piece of the samples back through time.
type backward struct{ *unrolled }

func (u backward) Piece(i int) {
	from, to := u.samples(i)
	for s := u.steps - 1; s >= 0; s-- {
		u.step(u.steppers[i], from, to, s)
	}
}

// step goes from the gradient by the state after step s to that before it.
func (u backward) step(c *cellStep, from, to, s int) {
	t := u.at(s)
	for b := from; b < to; b++ {
		u.slices(c, b, s)
		u.gradientSlices(c, b, t)
		if u.sequences {
			exact.Add32(c.dh, c.dh, row(u.dy, b, s))
		} else if s == u.steps-1 {
			exact.Add32(c.dh, c.dh, line(u.dy, b))
		}
		if u.hidden(b, t) {
			clear(c.dz)
			clear(c.dInner)
			copy(c.direct, c.dh)
			continue
		}
		clear(c.direct)
		u.cell.backward(c)
	}
	dh := u.dh.Data[from*u.units : to*u.units]
	first := (from*u.steps + t) * u.wide
	exact.Gemm32(false, false, to-from, u.units, u.wide, u.dInner.Data[first:], u.steps*u.wide, u.turned.Data, u.units, dh, u.units, false)
	if u.maskH != nil {
		exact.Mul32(dh, dh, u.maskH.Data[from*u.units:to*u.units])
	}
	exact.Add32(dh, dh, u.direct.Data[from*u.units:to*u.units])
}

// gradientSlices is slices for what only backward needs.
func (u *unrolled) gradientSlices(c *cellStep, b, t int) {
	c.dz, c.dInner = row(u.dz, b, t), row(u.dInner, b, t)
	c.dh, c.direct = line(u.dh, b), line(u.direct, b)
	if u.hasC {
		c.dc = line(u.dc, b)
	}
}
