package nnlib_test

import (
	"path/filepath"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// What Keras would read otherwise is not written for it, wherever it stands; it goes into safetensors.
func TestRefusedForKeras(t *testing.T) {
	for _, c := range []struct {
		layer nnlib.Layer
		want  string
	}{
		{&nnlib.ActivationLayer{Activation: "threshold"}, "layer activation_layer_1: activation: threshold, whose settings Keras does not save, cannot be written for Keras; save the model as .safetensors instead"},
		{&nnlib.Dense{Units: 2, Activation: "sparsemax"}, "layer dense_1: activation: sparsemax of Keras 3.15 has a sum below 1"},
		{&nnlib.Dense{Units: 2, Activation: &nnlib.CELU{Alpha: 2}}, "CELU with a setting (alpha), which Keras does not save"},
		{&nnlib.GRU{Units: 2, ReturnState: true}, "layer gru_1: GRU with ReturnState, which has several outputs in Keras"},
		{&nnlib.SeparableConv1D{Filters: 2, KernelSize: 2, Padding: "causal"}, "or put a ZeroPadding1D before it"},
		{&nnlib.TimeDistributed{Layer: &nnlib.Dense{Units: 2, Activation: "threshold"}}, "layer time_distributed_1: activation: threshold"},
	} {
		x := nnlib.Input(4, 3)
		m := nnlib.Within(rng.Root(5)).NewModel([]*nnlib.Node{x}, []*nnlib.Node{nnlib.Apply(c.layer, x)})
		_, err := m.ToJSON()
		for _, err := range []error{err, m.Save(filepath.Join(t.TempDir(), "m.keras"))} {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%T: %v, want %q", c.layer, err, c.want)
			}
		}
		if err := m.Save(filepath.Join(t.TempDir(), "m.safetensors")); err != nil {
			t.Error(err)
		}
	}
}

// What Keras means otherwise is not read either.
func TestRefusedFromKeras(t *testing.T) {
	for _, c := range []struct {
		layer          nnlib.Layer
		old, new, want string
	}{
		{&nnlib.Dense{Units: 2, Activation: "softmax"}, `"softmax"`, `"sparsemax"`, "sparsemax of Keras 3.15 has a sum below 1"},
		{&nnlib.Normalization{Mean: []float64{1}, Variance: []float64{2}}, `"mean":[1]`, `"mean":null`, "adapted in Keras"},
		{&nnlib.Conv1DTranspose{Filters: 2, KernelSize: 2}, `"filters":2`, `"filters":2,"dilation_rate":[2]`, "dilation_rate: [2] is not what this library does"},
		{&nnlib.ELU{Alpha: 0.5}, `"alpha":0.5`, `"alpha":0.5,"beta":1`, "beta"},
	} {
		x := nnlib.Input(4, 1)
		text, err := nnlib.NewModel([]*nnlib.Node{x}, []*nnlib.Node{nnlib.Apply(c.layer, x)}).ToJSON()
		if err != nil || strings.Count(text, c.old) != 1 {
			t.Fatalf("%T: %s, %v", c.layer, text, err)
		}
		if _, err := nnlib.ModelFromJSON(strings.Replace(text, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%T: %v, want %q", c.layer, err, c.want)
		}
	}
}

// A layer here is causal in all its calls or in none.
func TestMixedCausalCallsAreRefused(t *testing.T) {
	x, l := nnlib.Input(4, 3), &nnlib.Attention{UseCausalMask: true}
	once := nnlib.Apply(l, x, x)
	text, err := nnlib.NewModel([]*nnlib.Node{x}, []*nnlib.Node{nnlib.Apply(l, once, x)}).ToJSON()
	const causal = `"kwargs":{"use_causal_mask":true}`
	if err != nil || strings.Count(text, causal) != 2 {
		t.Fatalf("%s, %v", text, err)
	}
	if _, err := nnlib.ModelFromJSON(text); err != nil {
		t.Error(err)
	}
	if _, err := nnlib.ModelFromJSON(strings.Replace(text, causal, `"kwargs":{}`, 1)); err == nil || !strings.Contains(err.Error(), "give each its own layer") {
		t.Errorf("half of the calls are causal: %v", err)
	}
}
