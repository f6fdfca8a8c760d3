package nnlib

import (
	"encoding/json"
	"strings"
)

// kerasKeys are the fields of saved objects, of all classes or of one, that Keras calls
// otherwise; "!" says that true there is false here.
var kerasKeys = map[string]string{
	"no_bias": "!use_bias", "no_unit_forget_bias": "!unit_forget_bias", "no_center": "!center", "no_scale": "!scale",
	"std_dev": "stddev", "min_val": "minval", "max_val": "maxval",
	"AdditiveAttention.no_scale": "!use_scale",
}

// kerasKey is what Keras calls a field of a class.
func kerasKey(class, ours string) string {
	if theirs := kerasKeys[class+"."+ours]; theirs != "" {
		return theirs
	}
	if theirs := kerasKeys[ours]; theirs != "" {
		return theirs
	}
	return ours
}

// ourKey is the field of a class that Keras calls so; what no field is called stays as it is.
func ourKey(class, theirs string) string {
	if t := classes[class]; t != nil {
		for i := range t.NumField() {
			f := t.Field(i)
			if ours := snake(f.Name); f.IsExported() && strings.TrimPrefix(kerasKey(class, ours), "!") == theirs {
				return ours
			}
		}
	}
	return theirs
}

// activationClasses are the classes that are layers in Keras and activations here.
var activationClasses = map[string]bool{"ReLU": true, "LeakyReLU": true, "ELU": true, "Softmax": true}

// kerasOnly are the fields of Keras that have no counterpart here, with the values,
// as JSON, that say what happens here anyway. A field with no value listed changes
// neither weights nor predictions.
var kerasOnly = map[string][]string{
	"name": nil, "trainable": nil, "unroll": nil, "seed": nil, "backward_layer": nil, "synchronized": nil,
	"build_config": nil, "renorm_momentum": nil,
	"dtype":        {`"float32"`},
	"data_format":  {`"channels_last"`},
	"axis":         {"-1", "[-1]"},
	"MaxNorm.axis": {"0", "[0]"}, "MinMaxNorm.axis": {"0", "[0]"}, "UnitNorm.axis": {"0", "[0]"},
	"return_state": {"false"}, "zero_output_for_mask": {"false"},
	"reset_after":   {"true"},
	"renorm":        {"false"},
	"interpolation": {`"nearest"`},
	"keepdims":      {"false"},
	"score_mode":    {`"dot"`}, "Attention.dropout": {"0", "0.0"}, "AdditiveAttention.dropout": {"0", "0.0"},
	"Conv1DTranspose.dilation_rate": {"1", "[1]"}, "Conv2DTranspose.dilation_rate": {"1", "[1,1]"},
	"use_gate":       {"false"},
	"attention_axes": {"[1]"},
	"rms_scaling":    {"false"},
	"threshold":      {"0", "0.0"}, "ReLU.negative_slope": {"0", "0.0"},
	"rate":   {"1", "1.0"}, // of MinMaxNorm; Dropout's is a field
	"sparse": {"false"}, "ragged": {"false"}, "optional": {"false"},
	"moving_mean_initializer": {`"zeros"`}, "moving_variance_initializer": {`"ones"`},
	"beta_initializer": {`"zeros"`}, "gamma_initializer": {`"ones"`},
}

// zeroMeansDefault are the numbers whose zero means a default here, so that Keras's zero cannot be said.
var zeroMeansDefault = map[string]bool{
	"momentum": true, "epsilon": true, "alpha": true, "gain": true, "max_value": true, "scale": true,
	"LeakyReLU.negative_slope": true, "RandomNormal.std_dev": true, "TruncatedNormal.std_dev": true,
}

// kerasAlways are fields that are written although they are zero, since Keras's default is another one.
var kerasAlways = map[string]map[string]string{
	"ZeroPadding1D": {"padding": "[0,0]"}, "ZeroPadding2D": {"padding": "[[0,0],[0,0]]"},
	"Cropping1D": {"cropping": "[0,0]"}, "Cropping2D": {"cropping": "[[0,0],[0,0]]"},
	"AveragePooling1D": {"pool_size": "2"}, "AveragePooling2D": {"pool_size": "[2,2]"},
	"LeakyReLU": {"negative_slope": "0.2"}, // the activation; see layerToKeras
	"Dot":       {"axes": "[1,1]"},
	"Dropout":   {"rate": "0"}, "SpatialDropout1D": {"rate": "0"}, "SpatialDropout2D": {"rate": "0"}, "AlphaDropout": {"rate": "0"}, "GaussianDropout": {"rate": "0"},
	"GaussianNoise": {"std_dev": "0"},
	"MinMaxNorm":    {"min_value": "0"},
}

// kerasModule is where Keras keeps a class.
func kerasModule(class string) string {
	switch {
	case strings.Contains(" L1L2 ", " "+class+" "):
		return "keras.regularizers"
	case strings.Contains(" MaxNorm MinMaxNorm NonNeg UnitNorm ", " "+class+" "):
		return "keras.constraints"
	}
	if t := classes[class]; t != nil {
		if _, ok := newObject(class).(Initializer); ok {
			return "keras.initializers"
		}
	}
	return "keras.layers"
}

// A kerasObject is how Keras writes a layer, an initializer and so on.
type kerasObject struct {
	Module     string                     `json:"module"`
	Class      string                     `json:"class_name"`
	Config     map[string]json.RawMessage `json:"config"`
	Registered *string                    `json:"registered_name"`
	Build      json.RawMessage            `json:"build_config,omitempty"`
}

// role is what a field's name says that stands in it.
func role(key string) string {
	for _, r := range []string{"initializer", "regularizer", "constraint", "activation"} {
		if strings.HasSuffix(key, r) {
			return r
		}
	}
	return ""
}
