package nnlib

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// fromKeras turns what Keras wrote of a layer, an initializer and so on into what
// is saved here. What would change the model and is not known is an error.
func fromKeras(k kerasObject) (s savedObject, err error) {
	s = savedObject{Class: k.Class, Config: map[string]json.RawMessage{}}
	if k.Class == "Activation" {
		s.Class = "ActivationLayer"
	}
	if classes[s.Class] == nil {
		return s, fmt.Errorf("Keras's %s has no counterpart here", k.Class)
	}
	for _, key := range slices.Sorted(maps.Keys(k.Config)) {
		if err := s.takeField(key, k.Config[key]); err != nil {
			return s, fmt.Errorf("%s: %w", key, err)
		}
	}
	if s.Class == "Normalization" && s.Config["mean"] == nil {
		return s, errors.New("a Normalization that was adapted in Keras keeps its mean and variance with the weights, where they are not read; make it there with mean= and variance=, and save the model again")
	}
	if _, isLayer := newObject(s.Class).(Layer); !isLayer && activationClasses[s.Class] && k.Module == "keras.layers" {
		inner, err := json.Marshal(s)
		return savedObject{"ActivationLayer", map[string]json.RawMessage{"activation": inner}}, err
	}
	return s, nil
}

// takeField brings one of Keras's fields into s.
func (s *savedObject) takeField(key string, raw json.RawMessage) error {
	ours := ourKey(s.Class, key)
	f, known := fieldOf(s.Class, ours)
	if !known || key == "name" {
		return s.checkOnly(key, raw)
	}
	if isNull(raw) {
		return nil
	}
	if strings.HasPrefix(kerasKey(s.Class, ours), "!") {
		if string(raw) == "false" {
			s.Config[ours] = json.RawMessage("true")
		}
		return nil
	}
	value, err := fromKerasValue(f, ours, raw)
	if err != nil {
		return err
	}
	if s.isUnsayable(ours, value) {
		return fmt.Errorf("%s cannot be said here, where 0 means the default", raw)
	}
	s.Config[ours] = value
	return nil
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

func (s *savedObject) isUnsayable(key string, value json.RawMessage) bool {
	var n float64
	if !zeroMeansDefault[key] && !zeroMeansDefault[s.Class+"."+key] || json.Unmarshal(value, &n) != nil {
		return false
	}
	return n == 0 && s.Class != "ReLU"
}

// checkOnly looks at a field that only Keras has.
func (s *savedObject) checkOnly(key string, raw json.RawMessage) error {
	allowed, known := kerasOnly[s.Class+"."+key]
	if !known {
		allowed, known = kerasOnly[key]
	}
	if isNull(raw) || known && allowed == nil {
		return nil
	}
	var object kerasObject
	if json.Unmarshal(raw, &object) == nil && object.Class != "" { // a dtype policy, an initializer
		var name string
		if json.Unmarshal(object.Config["name"], &name) != nil {
			name = snake(object.Class)
		}
		raw = json.RawMessage(fmt.Sprintf("%q", name))
	}
	var plain bytes.Buffer
	if err := json.Compact(&plain, raw); err != nil {
		return err
	}
	if slices.Contains(allowed, plain.String()) {
		return nil
	}
	if known {
		return fmt.Errorf("%s is not what this library does, which is %s; change it in Keras, or build the model in code and load its weights", raw, strings.Join(allowed, " or "))
	}
	return fmt.Errorf("a setting of %s that is not known here (%s); build the model in code and load its weights", s.Class, raw)
}

// fromKerasValue reads a value for a field.
func fromKerasValue(f reflect.StructField, key string, raw json.RawMessage) (json.RawMessage, error) {
	switch {
	case key == "layer":
		return fromKerasLayer(raw)
	case role(key) != "":
		return fromKerasObject(key, raw)
	case f.Type == reflect.TypeFor[int]():
		var one []int
		if json.Unmarshal(raw, &one) == nil && len(one) == 1 { // Keras writes [3] for a window over time
			return json.Marshal(one[0])
		}
	case f.Type == reflect.TypeFor[[2]int]():
		var n int
		if json.Unmarshal(raw, &n) == nil {
			return json.RawMessage(fmt.Sprintf("[%d,%d]", n, n)), nil
		}
	case f.Type == reflect.TypeFor[[2][2]int]():
		return fourSides(raw)
	case key == "noise_shape":
		var shape []*int
		if json.Unmarshal(raw, &shape) != nil || len(shape) == 0 || slices.Contains(shape[1:], nil) {
			return nil, fmt.Errorf("%s is not a shape with the batch first", raw)
		}
		return json.Marshal(shape[1:])
	}
	return raw, nil
}

// fourSides reads 1, [1, 2] or [[1, 2], [3, 4]].
func fourSides(raw json.RawMessage) (json.RawMessage, error) {
	var n int
	var two [2]int
	if json.Unmarshal(raw, &n) == nil {
		return json.Marshal([2][2]int{{n, n}, {n, n}})
	}
	if json.Unmarshal(raw, &two) == nil {
		return json.Marshal([2][2]int{{two[0], two[0]}, {two[1], two[1]}})
	}
	return raw, nil
}

// fromKerasLayer reads the layer in a Bidirectional or TimeDistributed. Bidirectional
// makes the padding of sequences zero here too, whatever its layer says.
func fromKerasLayer(raw json.RawMessage) (json.RawMessage, error) {
	var k kerasObject
	if err := json.Unmarshal(raw, &k); err != nil || k.Class == "" {
		return nil, fmt.Errorf("%s is no layer", raw)
	}
	delete(k.Config, "zero_output_for_mask")
	s, err := fromKeras(k)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

func fromKerasObject(key string, raw json.RawMessage) (json.RawMessage, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte(`"`)) {
		if nameOf(raw) == "sparsemax" && role(key) == "activation" {
			return nil, fmt.Errorf("sparsemax %s; use another activation, or build the model in code and load its weights", kerasSparsemax)
		}
		return raw, nil // the same names
	}
	var k kerasObject
	if err := json.Unmarshal(raw, &k); err != nil || k.Class == "" {
		return nil, fmt.Errorf("%s is neither a name nor an object", raw)
	}
	if role(key) != "" {
		k.Module = "" // an activation stays one, though Keras has it as a layer
	}
	switch k.Class {
	case "L1", "L2":
		k.Class = "L1L2"
	case "function": // a custom function, which Keras writes by its name
		var name string
		if json.Unmarshal(k.Config["name"], &name) == nil {
			return json.Marshal(name)
		}
	}
	s, err := fromKeras(k)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}
