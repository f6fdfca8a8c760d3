package nnlib

import "reprise/nnlib/exact"

func (r *recurrent) backward(p *Pass) {
	n, u, wide := p.Batch(), r.units, r.gates()*r.units
	clear(p.Scratch(slotDH, n, u).Data)
	if r.hasC {
		clear(p.Scratch(slotDC, n, u).Data)
	}
	dy := r.unpackStates(p)
	for s := r.steps - 1; s >= 0; s-- {
		r.stepBackward(p, dy, s)
	}
	if r.initial && p.InGrad[1] != nil {
		copy(p.InGrad[1].Data, p.Scratch(slotDH, n, u).Data)
	}
	if r.initial && r.hasC && p.InGrad[2] != nil {
		copy(p.InGrad[2].Data, p.Scratch(slotDC, n, u).Data)
	}
	dz, sums := p.Scratch(slotDZ, n, r.steps, wide), p.Scratch(slotDZ, n, r.steps, wide)
	if r.innerApart {
		sums = p.Scratch(slotDInner, n, r.steps, wide)
	}
	rows, x := n*r.steps, p.In[0]
	dropped := p.Training && r.dropout.rate > 0
	if dropped {
		x = p.Scratch(slotX, n, r.steps, r.features)
	}
	used := p.Scratch(slotUsed, n, r.steps, u)
	exact.Gemm32(true, false, r.features, wide, rows, x.Data, r.features, dz.Data, wide, r.kernel.Grad.Data, wide, true)
	exact.Gemm32(true, false, u, wide, rows, used.Data, u, sums.Data, wide, r.recurrent.Grad.Data, wide, true)
	if r.bias != nil {
		exact.ColSum32(r.bias.Grad.Data, rows, wide, dz.Data, wide, true)
	}
	if r.innerBias != nil {
		exact.ColSum32(r.innerBias.Grad.Data, rows, wide, sums.Data, wide, true)
	}
	if dx := p.InGrad[0]; dx != nil {
		exact.Gemm32(false, true, rows, r.features, wide, dz.Data, wide, r.kernel.Value.Data, wide, dx.Data, r.features, false)
		if dropped {
			timesMask(dx, dx, p.Scratch(slotMaskX, n, r.features), r.steps)
		}
	}
}

// stepBackward goes from the gradient by the state after step s to that before it.
func (r *recurrent) stepBackward(p *Pass, dy *Tensor, s int) {
	n, u, wide, t := p.Batch(), r.units, r.gates()*r.units, r.at(s)
	dh, direct := p.Scratch(slotDH, n, u), p.Scratch(slotDirect, n, u)
	dz := p.Scratch(slotDZ, n, r.steps, wide)
	sums := dz
	if r.innerApart {
		sums = p.Scratch(slotDInner, n, r.steps, wide)
	}
	c := &r.step
	for b := range n {
		r.slices(p, c, b, s)
		c.dz, c.dh, c.direct = row(dz, b, t), dh.Data[b*u:(b+1)*u], direct.Data[b*u:(b+1)*u]
		c.dInner = row(sums, b, t)
		if r.hasC {
			c.dc = p.Scratch(slotDC, n, u).Data[b*u : (b+1)*u]
		}
		if r.sequences {
			exact.Add32(c.dh, c.dh, row(dy, b, s))
		} else if s == r.steps-1 {
			exact.Add32(c.dh, c.dh, dy.Data[b*u:(b+1)*u])
		}
		if r.hidden(p, b, t) {
			clear(c.dz)
			clear(c.dInner)
			copy(c.direct, c.dh)
			continue
		}
		clear(c.direct)
		r.cell.backward(c)
	}
	exact.Gemm32(false, true, n, u, wide, sums.Data[t*wide:], r.steps*wide, r.recurrent.Value.Data, wide, dh.Data, u, false)
	if p.Training && r.recurrentDrop.rate > 0 {
		exact.Mul32(dh.Data, dh.Data, p.Scratch(slotMaskH, n, u).Data)
	}
	exact.Add32(dh.Data, dh.Data, direct.Data)
}
