package nnlib

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// errNotForKeras ends what says which part of a model is not written for Keras.
var errNotForKeras = errors.New("cannot be written for Keras; save the model as .safetensors instead")

// kerasSparsemax is why sparsemax goes neither way: see Sparsemax.
const kerasSparsemax = "of Keras 3.15 has a sum below 1, unlike sparsemax here"

var recurrentClasses = map[string]bool{"SimpleRNN": true, "LSTM": true, "GRU": true}

// isOfCall says that a setting here is an argument of the call in Keras, where callOf writes it.
func isOfCall(key string) bool { return key == "causal" || key == "use_causal_mask" }

// refuse returns an error for a layer that Keras does not have, or not with this setting.
func refuse(s savedObject) error {
	switch {
	case s.Class == "RNNState":
		return fmt.Errorf("RNNState, which Keras has no layer for, %w", errNotForKeras)
	case recurrentClasses[s.Class] && s.Config["return_state"] != nil:
		return fmt.Errorf("%s with ReturnState, which has several outputs in Keras, %w", s.Class, errNotForKeras)
	case (s.Class == "SeparableConv1D" || s.Class == "DepthwiseConv1D") && nameOf(s.Config["padding"]) == "causal":
		return fmt.Errorf(`%s with Padding "causal", which Keras has for Conv1D only, %w; or put a ZeroPadding1D before it`, s.Class, errNotForKeras)
	}
	return nil
}

// refuseActivation returns an error for an activation that Keras has by its name
// only, without settings, or not as it is here.
func refuseActivation(key string, s savedObject) error {
	if role(key) != "activation" {
		return nil
	}
	switch name := snake(s.Class); {
	case name == "threshold":
		return fmt.Errorf("%s: threshold, whose settings Keras does not save, %w", key, errNotForKeras)
	case name == "sparsemax":
		return fmt.Errorf("%s: sparsemax %s, so it %w", key, kerasSparsemax, errNotForKeras)
	case len(s.Config) > 0:
		return fmt.Errorf("%s: %s with a setting (%s), which Keras does not save, %w", key, s.Class, strings.Join(slices.Sorted(maps.Keys(s.Config)), ", "), errNotForKeras)
	}
	return nil
}

// nameOf reads a JSON string; of all else it returns "".
func nameOf(raw json.RawMessage) (name string) {
	if json.Unmarshal(raw, &name) != nil {
		return ""
	}
	return name
}
