package nnlib

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// savedModel is a model's shape as JSON: its layers, and the nodes in which they stand.
type savedModel struct {
	Format  string       `json:"format"`
	Layers  []savedLayer `json:"layers"`
	Nodes   []savedNode  `json:"nodes"`
	Inputs  []int        `json:"inputs"`  // among the nodes
	Outputs []int        `json:"outputs"` // among the nodes
}

const savedFormat = "reprise nnlib model 1"

type savedLayer struct {
	Name string `json:"name"`
	savedObject
}

// A savedObject is a layer, an initializer and so on: its type and its fields, under Keras's names.
type savedObject struct {
	Class  string                     `json:"class_name"`
	Config map[string]json.RawMessage `json:"config"`
}

type savedNode struct {
	Input Shape `json:"input,omitempty"` // of one sample, where this is an input
	Layer int   `json:"layer"`
	From  []int `json:"from,omitempty"` // nodes
}

// saved returns the model's shape.
func (m *Model) saved() (savedModel, error) {
	s := savedModel{Format: savedFormat}
	layers, nodes := map[*bound]int{}, map[*node]int{}
	for k, n := range m.nodes {
		nodes[n] = k
		if n.layer == nil {
			s.Nodes = append(s.Nodes, savedNode{Input: n.shape, Layer: -1})
			continue
		}
		at, known := layers[n.bound]
		if !known {
			object, err := saveObject(n.layer)
			if err != nil {
				return s, fmt.Errorf("layer %s: %w", n.name, err)
			}
			at = len(s.Layers)
			layers[n.bound] = at
			s.Layers = append(s.Layers, savedLayer{n.name, object})
		}
		node := savedNode{Layer: at}
		for _, f := range n.from {
			node.From = append(node.From, nodes[f])
		}
		s.Nodes = append(s.Nodes, node)
	}
	for _, n := range m.inputs {
		s.Inputs = append(s.Inputs, nodes[n])
	}
	for _, n := range m.outputs {
		s.Outputs = append(s.Outputs, nodes[n])
	}
	return s, nil
}

// model builds what was saved, with weights as w draws them, or the session's own world where w is nil.
func (s *Session) model(saved savedModel, w world) (*Model, error) {
	m := s.newModel()
	world := m.world
	if w != nil {
		m.world = w
	}
	layers := make([]Layer, len(saved.Layers))
	for k, l := range saved.Layers {
		object, err := loadObject(l.savedObject)
		if err != nil {
			return nil, fmt.Errorf("layer %s: %w", l.Name, err)
		}
		layer, ok := object.(Layer)
		if !ok {
			return nil, fmt.Errorf("layer %s: a %s is no layer", l.Name, l.Class)
		}
		layers[k] = layer
	}
	for _, n := range saved.Nodes {
		if err := m.addSaved(n, layers, saved.Layers); err != nil {
			return nil, err
		}
	}
	var err error
	if m.inputs, err = m.pick(saved.Inputs); err != nil {
		return nil, err
	}
	if m.outputs, err = m.pick(saved.Outputs); err != nil {
		return nil, err
	}
	m.world = world
	return m, nil
}

func (m *Model) addSaved(n savedNode, layers []Layer, named []savedLayer) error {
	if n.Layer == -1 {
		m.addInput(n.Input, "input")
		return nil
	}
	from, err := m.pick(n.From)
	if err != nil || n.Layer < 0 || n.Layer >= len(layers) || len(from) == 0 {
		return errors.Join(err, fmt.Errorf("a node of layer %d of %d is on %v", n.Layer, len(layers), n.From))
	}
	l := layers[n.Layer]
	b := m.built[identity(l)]
	if b == nil {
		var in []Shape
		for _, f := range from {
			in = append(in, f.shape)
		}
		if b, err = bindLayer(l, named[n.Layer].Name, m.path(), m.tree, m.world, in); err != nil {
			return err
		}
		m.adopt(b)
	}
	m.append(&node{bound: b, from: from})
	return nil
}

// pick returns the numbered nodes.
func (m *Model) pick(numbers []int) (nodes []*node, err error) {
	for _, k := range numbers {
		if k < 0 || k >= len(m.nodes) {
			return nil, fmt.Errorf("there is no node %d before number %d", k, len(m.nodes))
		}
		nodes = append(nodes, m.nodes[k])
	}
	return nodes, nil
}

// saveObject writes the fields that are not zero.
func saveObject(v any) (savedObject, error) {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || classes[p.Elem().Type().Name()] != p.Elem().Type() {
		return savedObject{}, fmt.Errorf("a %T is not one of nnlib's types; keep its weights by SaveWeights, and make the model in code", v)
	}
	object := savedObject{p.Elem().Type().Name(), map[string]json.RawMessage{}}
	for i := range p.Elem().NumField() {
		field, value := p.Elem().Type().Field(i), p.Elem().Field(i)
		if !field.IsExported() || value.IsZero() {
			continue
		}
		raw, err := saveField(value)
		if err != nil {
			return savedObject{}, fmt.Errorf("%s: %w", field.Name, err)
		}
		object.Config[snake(field.Name)] = raw
	}
	return object, nil
}

func saveField(value reflect.Value) (json.RawMessage, error) {
	if value.Kind() != reflect.Interface || value.Elem().Kind() == reflect.String {
		return json.Marshal(value.Interface())
	}
	object, err := saveObject(value.Interface())
	if err != nil {
		return nil, err
	}
	return json.Marshal(object)
}

// loadObject makes the object again. A field that it does not know is an error: it would change the model.
func loadObject(s savedObject) (any, error) {
	class := classes[s.Class]
	if class == nil {
		return nil, fmt.Errorf("there is no class %q", s.Class)
	}
	p, known := reflect.New(class), 0
	for i := range class.NumField() {
		raw, ok := s.Config[snake(class.Field(i).Name)]
		if !ok || !class.Field(i).IsExported() {
			continue
		}
		known++
		if err := loadField(p.Elem().Field(i), raw); err != nil {
			return nil, fmt.Errorf("%s: %w", class.Field(i).Name, err)
		}
	}
	if known != len(s.Config) {
		return nil, fmt.Errorf("a %s has fields that this version does not know", s.Class)
	}
	return p.Interface(), nil
}

func loadField(field reflect.Value, raw json.RawMessage) error {
	if field.Kind() != reflect.Interface {
		return json.Unmarshal(raw, field.Addr().Interface())
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte(`"`)) {
		var name string
		if err := json.Unmarshal(raw, &name); err != nil {
			return err
		}
		return assign(field, name)
	}
	var s savedObject
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	object, err := loadObject(s)
	if err != nil {
		return err
	}
	return assign(field, object)
}

func assign(field reflect.Value, v any) error {
	if !reflect.TypeOf(v).AssignableTo(field.Type()) {
		return fmt.Errorf("a %T cannot stand here", v)
	}
	field.Set(reflect.ValueOf(v))
	return nil
}

// blankWorld leaves weights as they are: they will be loaded.
type blankWorld struct{ nativeWorld }

func (blankWorld) uniform(*Tensor, float64, float64, []any) error         { return nil }
func (blankWorld) normal(*Tensor, float64, float64, []any) error          { return nil }
func (blankWorld) truncatedNormal(*Tensor, float64, float64, []any) error { return nil }
