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
	seed     uint64      // of the tree, when the model was made
	shuffle  *rng.Stream // of the samples; nil before the first training
	params   []*Param    // all of them, in the order of the layers
	numbers  map[string]int
	built    map[any]*bound // by identity
	waiting  []Layer        // added before the shape of the input was known
	stopping *bool          // of the training at hand
	last     *training      // the training at hand, or the last one
	pending  *savedTraining // of a checkpoint: where the next training goes on

	compiled  bool
	losses    []Loss // of each output
	optimizer Optimizer
	metrics   []Metric
	clip      clip
	work      work

	weights  []string // names of params
	hashed   bool     // the weights, by a tracer
	unhashed int      // steps since
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
	m := &Model{session: s, tree: root, world: worldOf(root), number: root.Next("model"), seed: root.Seed(),
		numbers: map[string]int{}, built: map[any]*bound{}}
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
	in := m.addInput(shape, "input")
	m.inputs, m.outputs = []*node{in}, []*node{in}
}

func (m *Model) addInput(shape Shape, name string) *node {
	n := &node{bound: &bound{shape: shape, name: name}}
	m.append(n)
	return n
}

func (m *Model) extend(l Layer) {
	m.outputs = []*node{m.addLayer(l, m.outputs)}
}

// addLayer puts l, which is built unless it stands elsewhere already, on the nodes from.
func (m *Model) addLayer(l Layer, from []*node) *node {
	b, err := m.bind(l, from)
	if err != nil {
		panic(fmt.Errorf("nnlib: %w", err))
	}
	n := &node{bound: b, from: from}
	m.append(n)
	return n
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

func (m *Model) bind(l Layer, from []*node) (*bound, error) {
	var in []Shape
	for _, f := range from {
		in = append(in, f.shape)
	}
	if b := m.built[identity(l)]; b != nil {
		if !reflect.DeepEqual(b.in, in) {
			return nil, fmt.Errorf("layer %s is shared, so it always gets the same shapes: it got %v, now %v", b.name, b.in, in)
		}
		return b, nil
	}
	b, err := bindLayer(l, m.layerName(l), m.path(), m.tree, m.world, in)
	if err == nil {
		m.adopt(b)
	}
	return b, err
}

// adopt makes a bound layer's weights the model's.
func (m *Model) adopt(b *bound) {
	m.built[identity(b.layer)] = b
	m.params = append(m.params, b.params...)
}

// bindLayer builds l.
func bindLayer(l Layer, name string, path []any, tree *rng.Tree, w world, in []Shape) (*bound, error) {
	b := &Builder{In: in, name: name, scope: append(path, name), tree: tree, world: w}
	shape, err := b.build(l)
	if err != nil {
		return nil, fmt.Errorf("layer %s: %w", name, err)
	}
	out := &bound{layer: l, name: name, in: in, shape: shape, params: b.params, scope: b.scope, stream: tree.Stream(append(b.scope, "forward")...)}
	for _, p := range b.params {
		out.bearing = out.bearing || p.Trainable
	}
	return out, nil
}

// path is how the model's random streams are named.
func (m *Model) path() []any { return []any{"model", m.number} }

// identity returns what says whether two layers are one: the layer itself, which is a pointer as a rule.
func identity(l Layer) any {
	if v := bare(l); reflect.ValueOf(v).Comparable() {
		return v
	}
	return new(byte) // one of its own
}

// layerName returns a layer's own name, or its kind and number: "dense_1".
func (m *Model) layerName(l Layer) string {
	if v := reflect.Indirect(reflect.ValueOf(plain(l))); v.Kind() == reflect.Struct {
		if f := v.FieldByName("Name"); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			return f.String()
		}
	}
	kind := snake(typeName(l))
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
	if v := reflect.Indirect(reflect.ValueOf(plain(l))); v.Kind() == reflect.Struct {
		if f := v.FieldByName("InputShape"); f.IsValid() && f.Type() == reflect.TypeFor[Shape]() && f.Len() > 0 {
			return f.Interface().(Shape)
		}
	}
	return nil
}

// Params returns the model's weights and states, in the order of the layers.
func (m *Model) Params() []*Param { return m.params }

// weightNames returns the names of params.
func (m *Model) weightNames() []string {
	for _, p := range m.params[len(m.weights):] {
		m.weights = append(m.weights, p.Name)
	}
	return m.weights
}
