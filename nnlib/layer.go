package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/rng"
)

// A Layer turns tensors into a tensor. Its fields are its configuration, in
// Keras's words; what it learns belongs to the Params that it asks for in Build.
//
// A layer may stand in several places of a model, and then shares its weights.
// Therefore Forward must keep what Backward needs in the Pass, not in the layer.
type Layer interface {
	// Build is called once, before all else. It checks the shapes in b.In, asks
	// for weights, and returns the shape of one sample of the output.
	Build(b *Builder) (Shape, error)
	// Forward computes p.Out from p.In.
	Forward(p *Pass)
	// Backward computes each p.InGrad that is not nil from p.OutGrad, and adds to
	// the Grad of each weight.
	Backward(p *Pass)
}

// A Param is a weight, or with Trainable false a state such as a moving mean.
type Param struct {
	Name      string // "dense_1/kernel"
	Value     *Tensor
	Grad      *Tensor // nil unless Trainable
	Trainable bool

	Regularizer Regularizer // may be nil
	Constraint  Constraint  // may be nil
}

// A Builder is what a layer is built with.
type Builder struct {
	In []Shape // of one sample of each input

	name   string // of the layer
	scope  []any  // of the streams' names: "model", 3, "dense_1"
	tree   *rng.Tree
	world  world
	params []*Param
}

// Weight returns a new trainable weight. How it starts is an Initializer or the name of one.
func (b *Builder) Weight(name string, start any, shape ...int) (*Param, error) {
	p, err := b.State(name, start, shape...)
	if err != nil {
		return nil, err
	}
	p.Trainable, p.Grad = true, NewTensor(shape...)
	return p, nil
}

// State returns a new Param that is saved with the model but not trained.
func (b *Builder) State(name string, start any, shape ...int) (*Param, error) {
	init, err := initializers.named("initializer", start)
	if err != nil {
		return nil, err
	}
	if err := roomFor(shape); err != nil {
		return nil, fmt.Errorf("%s/%s: %w", b.name, name, err)
	}
	p := &Param{Name: b.name + "/" + name, Value: NewTensor(shape...)}
	if err := init.Init(p.Value, &Draw{b: b, name: name}); err != nil {
		return nil, fmt.Errorf("%s: %w", p.Name, err)
	}
	b.params = append(b.params, p)
	return p, nil
}

// mostElements is how many numbers a weight may have: 8 GiB of them.
const mostElements = 1 << 31

// roomFor refuses sizes that no machine has room for, before they are asked for.
func roomFor(shape Shape) error {
	n := 1
	for _, d := range shape {
		if d < 0 || d > 0 && n > mostElements/d {
			return fmt.Errorf("a weight of shape %v has more than %d numbers (8 GiB); make the layer smaller", shape, mostElements)
		}
		n *= d
	}
	return nil
}

// An Inner is a layer inside of another one, built.
type Inner struct {
	Layer Layer
	Out   Shape // of one sample
}

// Inner builds a layer inside of the one that is being built, for a layer that is
// made of others; its weights' names begin with prefix.
func (b *Builder) Inner(l Layer, prefix string, in ...Shape) (*Inner, error) {
	out, err := b.inner(l, prefix, in...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", prefix, err)
	}
	return &Inner{l, out}, nil
}

// inner builds a layer inside of the one that is being built; its weights' names begin with prefix, if there is one.
func (b *Builder) inner(l Layer, prefix string, in ...Shape) (Shape, error) {
	sub := &Builder{In: in, name: b.name, scope: b.scope, tree: b.tree, world: b.world}
	if prefix != "" {
		sub.name, sub.scope = b.name+"/"+prefix, append(b.scope[:len(b.scope):len(b.scope)], prefix)
	}
	out, err := sub.build(l)
	b.params = append(b.params, sub.params...)
	return out, err
}

// build builds l, and tells a world that draws for layers as such.
func (b *Builder) build(l Layer) (Shape, error) {
	w, draws := b.world.(constructing)
	if draws {
		w.before(l)
	}
	out, err := l.Build(b)
	if draws {
		w.after(l)
	}
	return out, err
}

// A Pass is one call of a layer on one batch.
type Pass struct {
	In  []*Tensor
	Out *Tensor // of the right shape already, holding the last batch's values

	OutGrad *Tensor
	InGrad  []*Tensor // each nil where nobody needs it

	// Masks are of the inputs: one element for each sample and time step, 0 where there is padding;
	// nil where there is none. Mask is the first one, and OutMask starts as it.
	Masks         []*Tensor
	Mask, OutMask *Tensor

	Training bool
	// Rand is the layer's own stream for masks and noise; nil unless Training, so
	// that nothing draws when a model predicts.
	Rand *rng.Stream

	// Loss is what the layer adds to the model's loss: a price for its output, whose
	// gradient Backward has to take into account. It is 0 before Forward.
	Loss float64
	// Keep is room for what a layer keeps for itself from pass to pass.
	Keep any

	scratch []*Tensor
	ints    [][]int
	random  []uint32
	subs    []*Pass
}

// maskOf is the mask of an input.
func (p *Pass) maskOf(k int) *Tensor {
	switch {
	case k == 0:
		return p.Mask
	case k < len(p.Masks):
		return p.Masks[k]
	}
	return nil
}

// Batch returns the number of samples.
func (p *Pass) Batch() int { return p.Out.Shape[0] }

// Scratch returns tensor number k of this pass, for what Forward keeps for
// Backward. It has the asked shape and the values of its last use.
func (p *Pass) Scratch(k, rows int, shape ...int) *Tensor {
	for len(p.scratch) <= k {
		p.scratch = append(p.scratch, &Tensor{})
	}
	t := p.scratch[k]
	t.rows(rows, shape)
	return t
}

// Ints is Scratch for n integers.
func (p *Pass) Ints(k, n int) []int {
	for len(p.ints) <= k {
		p.ints = append(p.ints, nil)
	}
	p.ints[k] = slices.Grow(p.ints[k][:0], n)[:n]
	return p.ints[k]
}

// words returns room for n random words.
func (p *Pass) words(n int) []uint32 {
	p.random = slices.Grow(p.random[:0], n)[:n]
	return p.random
}

// Sub returns the pass of inner layer number k, which has that many inputs.
func (p *Pass) Sub(k, inputs int) *Pass {
	for len(p.subs) <= k {
		p.subs = append(p.subs, &Pass{In: make([]*Tensor, inputs), InGrad: make([]*Tensor, inputs)})
	}
	return p.subs[k]
}
