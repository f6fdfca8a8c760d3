package nnlib

import (
	"encoding/json"
	"fmt"
	"slices"
)

// ToJSON returns the model's layers, without weights, as Keras's model.to_json
// does: keras.models.model_from_json makes the model from it. An error says which
// layer Keras does not have.
func (m *Model) ToJSON() (string, error) {
	if _, err := m.tensors(); err != nil {
		return "", err
	}
	config, err := m.kerasModel()
	if err != nil {
		return "", fmt.Errorf("nnlib: %w", err)
	}
	text, err := json.Marshal(config)
	return string(text), err
}

// A kerasLayer is a layer in the config of a Functional model.
type kerasLayer struct {
	kerasObject
	Name    string       `json:"name,omitempty"`
	Inbound []kerasCall  `json:"inbound_nodes"`
	calls   []parsedCall // while it is being read
}

// A kerasCall is one call of a layer.
type kerasCall struct {
	Args   []json.RawMessage          `json:"args"`
	Kwargs map[string]json.RawMessage `json:"kwargs"`
}

type kerasTensor struct {
	Class  string `json:"class_name"`
	Config struct {
		Shape   []*int `json:"shape"`
		DType   string `json:"dtype"`
		History []any  `json:"keras_history"`
	} `json:"config"`
}

const tensorClass = "__keras_tensor__"

// kerasModel is the model as Keras writes it: a Sequential or a Functional.
func (m *Model) kerasModel() (any, error) {
	saved, err := m.saved()
	if err != nil {
		return nil, err
	}
	layers := make([]kerasObject, len(saved.Layers))
	for k, l := range saved.Layers {
		if layers[k], err = layerToKeras(l.savedObject); err != nil {
			return nil, fmt.Errorf("layer %s: %w", l.Name, err)
		}
		layers[k].Config["name"] = mustJSON(l.Name)
	}
	if m.isRow() {
		return rowConfig(m.inputs[0].shape, layers), nil
	}
	return saved.graphConfig(layers, m.nodes)
}

func rowConfig(in Shape, layers []kerasObject) any {
	all := append([]kerasObject{inputObject("input_layer", in)}, layers...)
	return map[string]any{
		"module": "keras", "class_name": "Sequential", "registered_name": nil,
		"config":       map[string]any{"name": "sequential", "trainable": true, "layers": all, "build_input_shape": withBatch(in)},
		"build_config": map[string]any{"input_shape": withBatch(in)},
	}
}

func inputObject(name string, shape Shape) kerasObject {
	return kerasObject{Module: "keras.layers", Class: "InputLayer", Config: map[string]json.RawMessage{
		"batch_shape": mustJSON(withBatch(shape)), "dtype": mustJSON("float32"), "name": mustJSON(name)}}
}

// withBatch is a shape with the batch, whose size is open, before it.
func withBatch(s Shape) []*int {
	out := []*int{nil}
	for k := range s {
		out = append(out, &s[k])
	}
	return out
}

func mustJSON(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // of strings and numbers there is none
	}
	return text
}

// graphConfig writes the calls of all layers.
func (s savedModel) graphConfig(objects []kerasObject, nodes []*node) (any, error) {
	layers := make([]kerasLayer, 0, len(s.Nodes))
	places, calls := map[int]int{}, map[int]int{} // by number of layer
	history := make([][]any, len(s.Nodes))
	for k, n := range s.Nodes {
		if n.Layer < 0 {
			name := fmt.Sprintf("input_%d", k)
			layers = append(layers, kerasLayer{kerasObject: inputObject(name, n.Input), Name: name, Inbound: []kerasCall{}})
			history[k] = []any{name, 0, 0}
			continue
		}
		at, known := places[n.Layer]
		if !known {
			at = len(layers)
			places[n.Layer] = at
			layers = append(layers, kerasLayer{kerasObject: objects[n.Layer], Name: s.Layers[n.Layer].Name})
		}
		if len(n.From) > 1 && recurrentClasses[objects[n.Layer].Class] {
			return nil, fmt.Errorf("layer %s: a call with initial states %w", s.Layers[n.Layer].Name, errNotForKeras)
		}
		var tensors []json.RawMessage
		for _, f := range n.From {
			tensors = append(tensors, tensorOf(nodes[f].shape, history[f]))
		}
		layers[at].Inbound = append(layers[at].Inbound, callOf(nodes[k].layer, tensors))
		history[k] = []any{layers[at].Name, calls[n.Layer], 0}
		calls[n.Layer]++
	}
	return map[string]any{
		"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional",
		"config": map[string]any{"name": "functional", "trainable": true, "layers": layers,
			"input_layers": oneOrAll(history, s.Inputs), "output_layers": oneOrAll(history, s.Outputs)},
	}, nil
}

// oneOrAll is [name 0 0] for one, a list of such for several.
func oneOrAll(history [][]any, numbers []int) any {
	if len(numbers) == 1 {
		return history[numbers[0]]
	}
	var all [][]any
	for _, k := range numbers {
		all = append(all, history[k])
	}
	return all
}

func tensorOf(shape Shape, history []any) json.RawMessage {
	var t kerasTensor
	t.Class, t.Config.Shape, t.Config.DType, t.Config.History = tensorClass, withBatch(slices.Clone(shape)), "float32", history
	return mustJSON(t)
}

// callOf is how Keras calls a layer: those that merge get a list, MultiHeadAttention its inputs one by one.
func callOf(l Layer, tensors []json.RawMessage) kerasCall {
	call := kerasCall{Args: tensors, Kwargs: map[string]json.RawMessage{}}
	oneByOne, causal := false, false
	switch l := l.(type) {
	case *MultiHeadAttention:
		oneByOne, causal = true, l.Causal
	case *Attention:
		causal = l.UseCausalMask
	case *AdditiveAttention:
		causal = l.UseCausalMask
	}
	if !oneByOne && len(tensors) > 1 {
		call.Args = []json.RawMessage{mustJSON(tensors)}
	}
	if causal {
		call.Kwargs["use_causal_mask"] = json.RawMessage("true")
	}
	return call
}
