package nnlib

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"reprise/nnlib/rng"
)

// A Model is a network: layers in a row (NewSequential) or in a graph (NewModel).
// Wrong shapes, names and data panic with an error that says what and how to mend
// it. A Model is for one goroutine at a time.
type Model struct {
	graph
	session  *Session
	tree     *rng.Tree
	world    world
	number   int
	params   []*Param // all of them, in the order of the layers
	numbers  map[string]int
	built    map[Layer]string // the names of the layers that have their weights
	waiting  []Layer          // added before the shape of the input was known
	stopping *bool            // of the training at hand

	compiled  bool
	loss      Loss
	optimizer Optimizer
	metrics   []Metric
	clip      clip
	work      work
}

// NewSequential returns a model of layers in a row; more can be added by Add.
// Models are numbered from the last Seed on; the number is part of the names of
// their random streams.
func NewSequential(layers ...Layer) *Model { return program.NewSequential(layers...) }

// NewSequential is the function NewSequential for this session.
func (s *Session) NewSequential(layers ...Layer) *Model {
	m := s.newModel()
	for _, l := range layers {
		m.Add(l)
	}
	return m
}

func (s *Session) newModel() *Model {
	root, _, poll := s.now()
	m := &Model{session: s, tree: root, world: worldOf(root), number: root.Next("model"),
		numbers: map[string]int{}, built: map[Layer]string{}}
	m.poll = poll
	return m
}

// Add puts a layer at the end. The first layer, unless it is an InputLayer, says
// the shape of the samples by InputDim or InputShape; where it does not, the
// weights are drawn when the first data come.
func (m *Model) Add(l Layer) *Model {
	if l == nil {
		panic(errors.New("nnlib: Add wants a layer, got nil"))
	}
	m.compiled = false
	if len(m.nodes) == 0 {
		shape := shapeOf(l)
		if shape == nil || len(m.waiting) > 0 {
			m.waiting = append(m.waiting, l)
			return m
		}
		m.start(shape)
		if _, isInput := l.(*InputLayer); isInput {
			return m
		}
	}
	m.extend(l)
	return m
}

// start gives a sequential model its input.
func (m *Model) start(shape Shape) {
	in := &Node{shape: shape, name: "input"}
	m.append(in)
	m.inputs, m.outputs = []*Node{in}, []*Node{in}
}

func (m *Model) extend(l Layer) {
	n, err := m.node(l, m.outputs)
	if err != nil {
		panic(fmt.Errorf("nnlib: %w", err))
	}
	m.append(n)
	m.outputs = []*Node{n}
}

// ready builds what waited for data.
func (m *Model) ready(sample Shape) {
	if len(m.nodes) > 0 {
		return
	}
	if len(m.waiting) == 0 {
		panic(errors.New("nnlib: the model has no layers; add some"))
	}
	m.start(sample)
	for _, l := range m.waiting {
		m.extend(l)
	}
	m.waiting = nil
}

// node builds l, unless it stands elsewhere in the model already, on the nodes from.
func (m *Model) node(l Layer, from []*Node) (*Node, error) {
	b := &Builder{tree: m.tree, world: m.world}
	for _, f := range from {
		b.In = append(b.In, f.shape)
	}
	if name, again := m.built[l]; again {
		return m.share(l, name, b, from)
	}
	b.name = m.layerName(l)
	b.scope = append(m.path(), b.name)
	shape, err := l.Build(b)
	if err != nil {
		return nil, fmt.Errorf("layer %s: %w", b.name, err)
	}
	m.built[l] = b.name
	m.params = append(m.params, b.params...)
	n := &Node{layer: l, from: from, shape: shape, name: b.name, stream: m.tree.Stream(append(b.scope, "forward")...)}
	for _, p := range b.params {
		n.bearing = n.bearing || p.Trainable
	}
	return n, nil
}

// share makes one more node of a layer that has its weights already.
func (m *Model) share(l Layer, name string, b *Builder, from []*Node) (*Node, error) {
	for _, n := range m.nodes {
		if n.layer != l {
			continue
		}
		for k, f := range from {
			if k >= len(n.from) || f.shape.String() != n.from[k].shape.String() {
				return nil, fmt.Errorf("layer %s is shared, so all its inputs have one shape; got %v after %v", name, f.shape, n.from[k].shape)
			}
		}
		return &Node{layer: l, from: from, shape: n.shape, name: name, stream: n.stream, bearing: n.bearing}, nil
	}
	return nil, fmt.Errorf("layer %s belongs to another model", name)
}

// path is how the model's random streams are named.
func (m *Model) path() []any { return []any{"model", m.number} }

// layerName returns a layer's own name, or its kind and number: "dense_1".
func (m *Model) layerName(l Layer) string {
	if v := reflect.Indirect(reflect.ValueOf(l)); v.Kind() == reflect.Struct {
		if f := v.FieldByName("Name"); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			return f.String()
		}
	}
	kind := snake(strings.TrimPrefix(reflect.Indirect(reflect.ValueOf(l)).Type().Name(), "_"))
	m.numbers[kind]++
	return fmt.Sprintf("%s_%d", kind, m.numbers[kind])
}

// snake writes a type's name as Keras names layers: Dense is dense, Conv2D is
// conv2d, GlobalMaxPooling1D is global_max_pooling1d, LSTM is lstm.
func snake(name string) string {
	var b strings.Builder
	upper := func(i int) bool { return i >= 0 && i < len(name) && name[i] >= 'A' && name[i] <= 'Z' }
	for i := range len(name) {
		starts := upper(i) && i > 0 && (!upper(i-1) && (name[i-1] < '0' || name[i-1] > '9') || upper(i-1) && i+1 < len(name) && !upper(i+1))
		if starts {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(name[i : i+1]))
	}
	return b.String()
}

// shapeOf returns the shape of samples that a first layer states, or nil.
func shapeOf(l Layer) Shape {
	if s, ok := l.(interface{ inputShape() Shape }); ok {
		return s.inputShape()
	}
	return nil
}

// Params returns the model's weights and states, in the order of the layers.
func (m *Model) Params() []*Param { return m.params }
