package nnlib

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ModelFromJSON makes a model, with weights drawn anew, from what Keras's
// model.to_json or ToJSON wrote.
func ModelFromJSON(text string) (*Model, error) { return program.ModelFromJSON(text) }

// ModelFromJSON is the function ModelFromJSON for this session.
func (s *Session) ModelFromJSON(text string) (*Model, error) {
	m, _, err := s.kerasModel([]byte(text), nil)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %w", err)
	}
	return m, nil
}

// kerasModel builds a model from Keras's config. The layers are those with a place
// in Keras's weight file, in its order.
func (s *Session) kerasModel(text []byte, w world) (*Model, []*bound, error) {
	saved, frozen, err := parseKeras(text)
	if err != nil {
		return nil, nil, err
	}
	m, err := s.model(saved, w)
	if err != nil {
		return nil, nil, err
	}
	byName := map[string]*bound{}
	for _, n := range m.nodes {
		byName[n.name] = n.bound
	}
	var layers []*bound
	for _, l := range saved.Layers {
		b := byName[l.Name]
		if b == nil {
			return nil, nil, fmt.Errorf("layer %s is not part of the model's graph", l.Name)
		}
		layers = append(layers, b)
		if frozen[l.Name] {
			for _, p := range b.params {
				p.Trainable = false
			}
		}
	}
	return m, layers, nil
}

// parseKeras turns Keras's config into a saved model. frozen are the layers with trainable=False.
func parseKeras(text []byte) (saved savedModel, frozen map[string]bool, err error) {
	var root struct {
		Class  string `json:"class_name"`
		Config struct {
			Layers  []kerasLayer    `json:"layers"`
			Inputs  json.RawMessage `json:"input_layers"`
			Outputs json.RawMessage `json:"output_layers"`
			Build   []*int          `json:"build_input_shape"`
		} `json:"config"`
	}
	if err := json.Unmarshal(text, &root); err != nil {
		return saved, nil, fmt.Errorf("Keras's config is damaged: %w", err)
	}
	g := &kerasGraph{saved: savedModel{Format: savedFormat}, frozen: map[string]bool{}, nodes: map[string][]int{}}
	switch root.Class {
	case "Sequential":
		err = g.row(root.Config.Layers, root.Config.Build)
	case "Functional", "Model":
		if err = g.graph(root.Config.Layers); err == nil {
			if g.saved.Inputs, err = g.ends(root.Config.Inputs); err == nil {
				g.saved.Outputs, err = g.ends(root.Config.Outputs)
			}
		}
	default:
		err = fmt.Errorf("Keras's class %q is neither Sequential nor Functional; a model with a class of its own has no layers in its config: build it in code and load its weights", root.Class)
	}
	return g.saved, g.frozen, err
}

// A kerasGraph is a saved model in the making.
type kerasGraph struct {
	saved  savedModel
	frozen map[string]bool
	nodes  map[string][]int  // the numbers of each layer's calls; -1 while not made
	masks  map[string]string // operations that make masks, and their classes
}

// row reads a Sequential.
func (g *kerasGraph) row(layers []kerasLayer, build []*int) error {
	if len(layers) > 0 && layers[0].Class == "InputLayer" {
		if err := json.Unmarshal(layers[0].Config["batch_shape"], &build); err != nil {
			return fmt.Errorf("the input's batch_shape: %w", err)
		}
		layers = layers[1:]
	}
	if len(build) == 0 {
		return errors.New("the model was never built, so that the shape of its input is not known; call it once, or begin it with keras.Input, and save it again")
	}
	shape, err := withoutBatch(build)
	if err != nil {
		return err
	}
	g.saved.Nodes = []savedNode{{Input: shape, Layer: -1}}
	for _, l := range layers {
		number, err := g.layer(&l)
		if err != nil {
			return err
		}
		g.saved.Nodes = append(g.saved.Nodes, savedNode{Layer: number, From: []int{len(g.saved.Nodes) - 1}})
	}
	g.saved.Inputs, g.saved.Outputs = []int{0}, []int{len(g.saved.Nodes) - 1}
	return nil
}

// withoutBatch is a shape without the batch.
func withoutBatch(batch []*int) (Shape, error) {
	shape := Shape{}
	for k, d := range batch {
		switch {
		case k == 0:
		case d == nil:
			return nil, fmt.Errorf("axis %d of the model's input has an open length, which this library does not have; build the model in Keras with a fixed length, e.g. keras.Input((64,)), give it these weights and save it again", k)
		default:
			shape = append(shape, *d)
		}
	}
	return shape, nil
}

// layer adds a layer and returns its number.
func (g *kerasGraph) layer(l *kerasLayer) (int, error) {
	var name string
	if err := json.Unmarshal(l.Config["name"], &name); err != nil {
		return 0, fmt.Errorf("a %s without a name", l.Class)
	}
	if l.Class == "Sequential" || l.Class == "Functional" {
		return 0, fmt.Errorf("layer %s is a model within the model; put its layers in its place", name)
	}
	object, err := fromKeras(l.kerasObject)
	if err != nil {
		return 0, fmt.Errorf("layer %s: %w", name, err)
	}
	g.frozen[name] = string(l.Config["trainable"]) == "false"
	g.saved.Layers = append(g.saved.Layers, savedLayer{name, object})
	return len(g.saved.Layers) - 1, nil
}

// graph reads the layers of a Functional, and then their calls as soon as what they call is known.
func (g *kerasGraph) graph(layers []kerasLayer) error {
	numbers := make([]int, len(layers))
	g.masks = map[string]string{}
	for k := range layers {
		l := &layers[k]
		var err error
		switch {
		case l.Class == "InputLayer":
			err = g.input(l)
		case strings.HasPrefix(l.Module, "keras.src.ops"):
			err = g.operation(l)
		default:
			if numbers[k], err = g.layer(l); err == nil {
				err = l.parseCalls(g)
			}
		}
		if err != nil {
			return err
		}
	}
	for progress := true; progress; {
		progress = false
		for k := range layers {
			made, err := g.calls(&layers[k], numbers[k])
			if err != nil {
				return err
			}
			progress = progress || made
		}
	}
	for _, l := range layers {
		if slices.Contains(g.nodes[l.Name], -1) {
			return fmt.Errorf("layer %s is called with what the model does not have", l.Name)
		}
	}
	return nil
}

func (g *kerasGraph) input(l *kerasLayer) error {
	var batch []*int
	if err := json.Unmarshal(l.Config["batch_shape"], &batch); err != nil {
		return fmt.Errorf("input %s: batch_shape: %w", l.Name, err)
	}
	shape, err := withoutBatch(batch)
	g.nodes[l.Name] = []int{len(g.saved.Nodes)}
	g.saved.Nodes = append(g.saved.Nodes, savedNode{Input: shape, Layer: -1})
	return err
}

// maskMakers are the operations by which Keras's layers compute masks.
var maskMakers = []string{"NotEqual", "Any", "ConvertToTensor", "LogicalOr", "ExpandDims", "ZerosLike", "OnesLike", "Concatenate"}

func errOperation(name, class string) error {
	return fmt.Errorf("%s is an operation (%s), not a layer; use a layer that does the same", name, class)
}

// operation accepts what Keras adds to a graph for the mask of Embedding and Masking, which is carried along here.
func (g *kerasGraph) operation(l *kerasLayer) error {
	if !slices.Contains(maskMakers, l.Class) {
		return errOperation(l.Name, l.Class)
	}
	g.masks[l.Name] = l.Class
	return nil
}

// calls makes the nodes of those calls of a layer whose inputs are made.
func (g *kerasGraph) calls(l *kerasLayer, number int) (made bool, err error) {
	for k, c := range l.calls {
		if g.nodes[l.Name][k] >= 0 {
			continue
		}
		var from []int
		for _, h := range c.from {
			n, err := g.at(h)
			if err != nil {
				return false, fmt.Errorf("layer %s: %w", l.Name, err)
			}
			if n >= 0 {
				from = append(from, n)
			}
		}
		if len(from) < len(c.from) {
			continue
		}
		g.nodes[l.Name][k] = len(g.saved.Nodes)
		g.saved.Nodes = append(g.saved.Nodes, savedNode{Layer: number, From: from})
		made = true
	}
	return made, nil
}

// at returns the number of the node that a tensor is the output of; -1 if it is not made yet.
func (g *kerasGraph) at(h tensorHistory) (int, error) {
	if class := g.masks[h.layer]; class != "" {
		return 0, errOperation(h.layer, class)
	}
	nodes, ok := g.nodes[h.layer]
	if !ok || h.call < 0 || h.call >= len(nodes) || h.output != 0 {
		return 0, fmt.Errorf("there is no call %d of %q with an output %d", h.call, h.layer, h.output)
	}
	return nodes[h.call], nil
}

// ends reads input_layers or output_layers.
func (g *kerasGraph) ends(raw json.RawMessage) ([]int, error) {
	var one tensorHistory
	histories := []json.RawMessage{raw}
	if json.Unmarshal(raw, &one) != nil {
		if err := json.Unmarshal(raw, &histories); err != nil {
			return nil, fmt.Errorf("inputs or outputs %.80s: %w", raw, err)
		}
	}
	var numbers []int
	for _, r := range histories {
		if err := json.Unmarshal(r, &one); err != nil {
			return nil, fmt.Errorf("inputs or outputs %.80s: %w", r, err)
		}
		n, err := g.at(one)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
