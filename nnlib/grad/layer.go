package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// A Module is a layer that states its forward pass only.
type Module interface {
	// Build is called once. It asks for weights and inner layers; b.In are the shapes
	// of one sample of each input.
	Build(b *nnlib.Builder) error
	// Call computes the output of a batch, whose samples are the first axis.
	Call(t *Tape, x []*Var) *Var
}

// Layer makes a layer of a Module.
func Layer(m Module) nnlib.Layer { return &layer{module: m} }

// Lambda makes a layer of a function, as Keras's Lambda does. It has no weights.
func Lambda(f func(x *Var) *Var) nnlib.Layer { return &layer{module: &lambda{f}} }

type lambda struct{ f func(x *Var) *Var }

func (*lambda) Build(*nnlib.Builder) error { return nil }
func (l *lambda) Call(_ *Tape, x []*Var) *Var {
	if len(x) != 1 {
		panic(fmt.Errorf("nnlib/grad: Lambda has one input, got %d; write a Module for more", len(x)))
	}
	return l.f(x[0])
}

type layer struct {
	module Module
	out    nnlib.Shape
}

// Wraps returns the module: its type's name names the layer.
func (l *layer) Wraps() any { return l.module }

// trial is the size of the batch by which a layer's output shape is found.
const trial = 2

// Build calls the module on zeros once, to learn the shape of its output.
func (l *layer) Build(b *nnlib.Builder) (nnlib.Shape, error) {
	if err := l.module.Build(b); err != nil {
		return nil, err
	}
	t := NewTape()
	var x []*Var
	for _, shape := range b.In {
		x = append(x, t.Variable(nnlib.NewTensor(append([]int{trial}, shape...)...)))
	}
	y := l.module.Call(t, x)
	if y == nil || len(y.Shape()) == 0 || y.Shape()[0] != trial {
		return nil, fmt.Errorf("Call should return one row for each sample: it made %v of a batch of %d samples %v", shapeOf(y), trial, b.In)
	}
	l.out = slices.Clone(y.Shape()[1:])
	return l.out, nil
}

func shapeOf(v *Var) any {
	if v == nil {
		return nil
	}
	return v.Shape()
}

// A call is what Forward keeps for Backward.
type call struct {
	tape *Tape
	x    []*Var
	y    *Var
}

// Forward writes the tape.
func (l *layer) Forward(p *nnlib.Pass) {
	c, ok := p.Keep.(*call)
	if !ok {
		c = &call{tape: NewTape()}
		p.Keep = c
	}
	t := c.tape
	t.Reset()
	t.Training, t.Rand, t.Mask = p.Training, p.Rand, p.Mask
	c.x = c.x[:0]
	for _, in := range p.In {
		c.x = append(c.x, t.Variable(in))
	}
	c.y = l.module.Call(t, c.x)
	if !slices.Equal(c.y.Shape(), p.Out.Shape) {
		panic(fmt.Errorf("nnlib/grad: Call made the shape %v, with the first batch it was %v", c.y.Shape(), p.Out.Shape))
	}
	copy(p.Out.Data, c.y.Value.Data)
	p.Loss += t.loss
}

// Backward goes back along the tape.
func (l *layer) Backward(p *nnlib.Pass) {
	c := p.Keep.(*call)
	c.y.needs = true
	for _, v := range c.tape.rows {
		v.needs = true
	}
	c.tape.clear()
	exact.Add32(c.y.grad.Data, c.y.grad.Data, p.OutGrad.Data)
	for _, v := range c.tape.rows {
		v.seed(1)
	}
	c.tape.backward()
	for k, g := range p.InGrad {
		if g != nil {
			copy(g.Data, c.x[k].grad.Data)
		}
	}
}

// Apply calls a layer of nnlib that Build has made by b.Inner.
func (t *Tape) Apply(l *nnlib.Inner, x ...*Var) *Var {
	v := t.next(applied{}, x...)
	v.needs, v.inner = true, l
	v.ints = append(append(v.ints[:0], x[0].Shape()[0]), l.Out...)
	return v.shaped(v.ints...).run()
}

type applied struct{}

func (applied) forward(v *Var) {
	p := &v.pass
	p.In, p.InGrad = p.In[:0], p.InGrad[:0]
	for _, x := range v.in {
		p.In = append(p.In, x.Value)
	}
	p.Out, p.Training, p.Rand, p.Mask = &v.own, v.tape.Training, v.tape.Rand, v.tape.Mask
	p.OutMask, p.Loss = p.Mask, 0
	v.inner.Layer.Forward(p)
	v.tape.loss += p.Loss
}

// backward lets the layer write each input's gradient apart, and adds it.
func (applied) backward(v *Var) {
	p := &v.pass
	p.OutGrad, p.InGrad = v.grad, p.InGrad[:0]
	for len(v.room2) < len(v.in) {
		v.room2 = append(v.room2, nnlib.Tensor{})
	}
	for k, x := range v.in {
		var g *nnlib.Tensor
		if x.needs {
			g = &v.room2[k]
			resize(g, x.Value.Shape)
		}
		p.InGrad = append(p.InGrad, g)
	}
	v.inner.Layer.Backward(p)
	for k, g := range p.InGrad {
		if g != nil {
			v.add(k, g.Data)
		}
	}
}
