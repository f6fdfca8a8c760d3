package nnlib

import (
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// A zoom records every tensor of a few steps of a training. All methods take a nil one.
type zoom struct {
	model    *Model
	fit      *trace.Fit
	from, to int
	step     int
	began    rng.Mark // of the training
	values   int      // numbers that may still be kept in full
}

// Bounds of one record.
const (
	mostTensors = 50_000
	mostValues  = 4 << 20
)

func newZoom(m *Model, f *trace.Fit, from, to int) *zoom {
	return &zoom{model: m, fit: f, from: from, to: to, began: m.tree.Mark(), values: mostValues}
}

// at returns z when it is to record step number step, else nil.
func (z *zoom) at(step int) *zoom {
	if z == nil || step < z.from || step >= z.to || z.fit.Cut > 0 {
		return nil
	}
	if len(z.fit.Tensors) >= mostTensors {
		z.fit.Cut = step
		return nil
	}
	z.step = step
	return z
}

func (z *zoom) tensor(kind trace.Kind, name string, shape []int, x []float32) {
	full := len(x) <= z.values
	if full {
		z.values -= len(x)
	}
	z.fit.Tensors = append(z.fit.Tensors, trace.NewTensor(z.step, kind, name, append([]int(nil), shape...), x, full))
}

func (z *zoom) number(kind trace.Kind, name string, x float64) {
	z.fit.Tensors = append(z.fit.Tensors, trace.NewNumber(z.step, kind, name, x))
}

// begin is called when the batch is gathered.
func (z *zoom) begin(batch []int) {
	if z == nil {
		return
	}
	m := z.model
	for _, p := range m.params {
		z.tensor(trace.Weights, p.Name, p.Value.Shape, p.Value.Data)
	}
	z.draws()
	order := make([]float32, len(batch))
	for i, sample := range batch {
		order[i] = float32(sample)
	}
	z.tensor(trace.Order, "", []int{len(batch)}, order)
	for _, n := range m.inputs {
		z.tensor(trace.Input, n.name, n.out.Shape, n.out.Data)
	}
	for k, y := range m.work.want[:len(m.outputs)] {
		z.tensor(trace.Target, m.outputs[k].name, y.Shape, y.Data)
	}
}

// draws records how often each random stream was drawn from.
func (z *zoom) draws() {
	for _, e := range z.model.tree.Since(z.began) {
		z.number(trace.Draws, e.Stream, float64(e.Draws))
	}
}

// forward is called when the loss is there.
func (z *zoom) forward(loss float64) {
	if z == nil {
		return
	}
	z.draws()
	for _, n := range z.model.nodes {
		if n.layer != nil {
			z.tensor(trace.Activation, n.name, n.out.Shape, n.out.Data)
		}
	}
	z.number(trace.LossValue, "", loss)
}

// backward is called when all gradients are there.
func (z *zoom) backward() {
	if z == nil {
		return
	}
	m := z.model
	for _, n := range m.outputs {
		if n.learns {
			z.tensor(trace.LossGrad, n.name, n.pass.OutGrad.Shape, n.pass.OutGrad.Data)
		}
	}
	for i := len(m.nodes) - 1; i >= 0; i-- {
		n := m.nodes[i]
		if !n.learns || n.layer == nil {
			continue
		}
		for _, p := range n.params {
			if p.Trainable {
				z.tensor(trace.Gradient, p.Name, p.Grad.Shape, p.Grad.Data)
			}
		}
		for _, g := range n.pass.InGrad {
			if g != nil {
				z.tensor(trace.InputGrad, n.name, g.Shape, g.Data)
			}
		}
	}
}

// restrained is called when regularizers and clipping have had their say.
func (z *zoom) restrained() {
	if z == nil {
		return
	}
	for _, p := range z.model.work.learners {
		z.tensor(trace.Penalized, p.Name, p.Grad.Shape, p.Grad.Data)
	}
	z.number(trace.Rate, "", z.model.optimizer.Rate())
}

// updated is called when the step is done.
func (z *zoom) updated() {
	if z == nil {
		return
	}
	m := z.model
	if o, ok := m.optimizer.(interface{ kept() *slots }); ok {
		for _, tensors := range o.kept().tensors {
			for i, x := range tensors {
				z.tensor(trace.Slot, m.work.learners[i].Name, nil, x)
			}
		}
	}
	for _, p := range m.params {
		z.tensor(trace.Updated, p.Name, p.Value.Shape, p.Value.Data)
	}
}
