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

// layerToKeras writes a layer, whose default may not be that of the activation of the same class.
func layerToKeras(s savedObject) (kerasObject, error) {
	if _, said := s.Config["negative_slope"]; s.Class == "LeakyReLU" && !said {
		config := map[string]json.RawMessage{"negative_slope": json.RawMessage("0.3")}
		maps.Copy(config, s.Config)
		s.Config = config
	}
	return toKeras(s)
}

// toKeras writes a saved layer, initializer and so on as Keras does.
func toKeras(s savedObject) (kerasObject, error) {
	if s.Class == "ActivationLayer" {
		if o, ok := activationAsLayer(s); ok {
			return toKeras(o)
		}
	}
	k := kerasObject{Module: kerasModule(s.Class), Class: strings.TrimSuffix(s.Class, "Layer"), Config: map[string]json.RawMessage{}}
	if err := refuse(s); err != nil {
		return k, err
	}
	fields := map[string]json.RawMessage{}
	always := kerasAlways[s.Class]
	for _, key := range slices.Sorted(maps.Keys(always)) {
		fields[key] = json.RawMessage(always[key])
	}
	maps.Copy(fields, s.Config)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		raw := fields[key]
		if key == "input_shape" || key == "input_length" || key == "input_dim" && s.Class == "Dense" || isOfCall(key) {
			continue
		}
		theirs, value, err := toKerasField(s.Class, key, raw)
		if err != nil {
			return k, err
		}
		k.Config[theirs] = value
	}
	return k, nil
}

// activationAsLayer writes an activation with settings as the layer that Keras has for it.
func activationAsLayer(s savedObject) (savedObject, bool) {
	var inner savedObject
	if json.Unmarshal(s.Config["activation"], &inner) != nil || !activationClasses[inner.Class] {
		return s, false
	}
	if name, ok := s.Config["name"]; ok {
		inner.Config["name"] = name
	}
	return inner, true
}

func toKerasField(class, key string, raw json.RawMessage) (string, json.RawMessage, error) {
	theirs := kerasKey(class, key)
	if inverted, ok := strings.CutPrefix(theirs, "!"); ok {
		return inverted, json.RawMessage("false"), nil // ours is true, or it would not be there
	}
	if key == "layer" || role(key) != "" {
		value, err := toKerasValue(key, raw)
		return theirs, value, err
	}
	if f, ok := fieldOf(class, key); ok && f.Type == reflect.TypeFor[[2]int]() && key != "padding" && key != "cropping" {
		raw = bothSides(raw)
	}
	if class == "Dropout" && key == "noise_shape" {
		raw = append([]byte("[null,"), bytes.TrimPrefix(raw, []byte("["))...)
	}
	return theirs, raw, nil
}

// bothSides writes [3,0], which is 3 on both sides here, as [3,3].
func bothSides(raw json.RawMessage) json.RawMessage {
	var two [2]int
	if json.Unmarshal(raw, &two) == nil && two[1] == 0 {
		return json.RawMessage(fmt.Sprintf("[%d,%d]", two[0], two[0]))
	}
	return raw
}

// toKerasValue writes what stands by name or as an object.
func toKerasValue(key string, raw json.RawMessage) (json.RawMessage, error) {
	var s savedObject
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte(`"`)) {
		named, err := objectNamed(key, raw)
		if err != nil || named.Class == "" {
			return raw, errors.Join(err, refuseActivation(key, savedObject{Class: nameOf(raw)})) // Keras knows the same names
		}
		s = named
	} else if err := json.Unmarshal(raw, &s); err != nil {
		return nil, err
	}
	if role(key) == "activation" && !activationClasses[s.Class] {
		if err := refuseActivation(key, s); err != nil {
			return nil, err
		}
		return json.Marshal(snake(s.Class))
	}
	write := toKeras
	if key == "layer" {
		write = layerToKeras
	}
	k, err := write(s)
	if err != nil {
		return nil, err
	}
	return json.Marshal(k)
}

// objectNamed turns the names of regularizers and constraints, some of which Keras
// does not know, into objects; of what Keras knows by name it returns nothing.
func objectNamed(key string, raw json.RawMessage) (savedObject, error) {
	var name string
	if err := json.Unmarshal(raw, &name); err != nil {
		return savedObject{}, err
	}
	var v any
	var err error
	switch role(key) {
	case "regularizer":
		v, err = regularizers.named("regularizer", name)
	case "constraint":
		v, err = constraints.named("constraint", name)
	default:
		return savedObject{}, nil
	}
	if err != nil {
		return savedObject{}, err
	}
	return saveObject(v)
}

// fieldOf returns the field of a class that is saved under this name.
func fieldOf(class, key string) (reflect.StructField, bool) {
	t := classes[class]
	if t == nil {
		return reflect.StructField{}, false
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && snake(f.Name) == key {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// newObject returns a pointer to a new object of a class.
func newObject(class string) any { return reflect.New(classes[class]).Interface() }
