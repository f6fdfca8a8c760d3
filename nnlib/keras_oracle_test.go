//go:build oracle

package nnlib_test

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/layertest"
	"reprise/nnlib/npz"
	"reprise/nnlib/rng"
)

// kerasPython runs a script with the Python that REPRISE_KERAS names: one with testdata/requirements.txt.
func kerasPython(t *testing.T, args ...string) string {
	t.Helper()
	python := os.Getenv("REPRISE_KERAS")
	if python == "" {
		t.Fatal("REPRISE_KERAS is not set; it names a Python with the packages of nnlib/testdata/requirements.txt")
	}
	out, err := exec.CommandContext(t.Context(), python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// interchangeTolerance is relative to the largest output: float32 sums in another order.
const interchangeTolerance = 3e-6

// refusals are the rows that are not written for Keras, with what the error says.
var refusals = map[string]string{
	"ActivationLayer threshold": "activation: threshold, whose settings Keras does not save",
	"ActivationLayer sparsemax": "activation: sparsemax of Keras 3.15 has a sum below 1",
	"SeparableConv1D":           `SeparableConv1D with Padding "causal"`,
	"LSTM states":               "LSTM with ReturnState",
	"LSTM states masked":        "LSTM with ReturnState",
	"GRU states":                "GRU with ReturnState",
	"SimpleRNN states":          "SimpleRNN with ReturnState",
	"SimpleRNN initial state":   "a call with initial states",
	"RNNState":                  "RNNState, which Keras has no layer for",
	"RNNState sequences":        "RNNState, which Keras has no layer for",
	"CELU alpha":                "activation: CELU with a setting (alpha)",
	"DepthwiseConv1D causal":    `DepthwiseConv1D with Padding "causal"`,
}

// exchangedCases are the catalogue, and settings that matter to Keras alone.
var exchangedCases = append(slices.Clone(layertest.Catalogue),
	layertest.Case{Name: "SeparableConv1D same", New: func() nnlib.Layer {
		return &nnlib.SeparableConv1D{Filters: 3, KernelSize: 3, Padding: "same", DepthMultiplier: 2, Activation: "tanh"}
	}, In: one(5, 2)},
	layertest.Case{Name: "LeakyReLU slope", New: func() nnlib.Layer { return &nnlib.LeakyReLU{NegativeSlope: 0.05} }, In: one(3, 7)},
	layertest.Case{Name: "TimeDistributed LeakyReLU", New: func() nnlib.Layer { return &nnlib.TimeDistributed{Layer: &nnlib.LeakyReLU{}} }, In: one(3, 7)},
	layertest.Case{Name: "Dense LeakyReLU", New: func() nnlib.Layer { return &nnlib.Dense{Units: 5, Activation: &nnlib.LeakyReLU{}} }, In: one(3, 7)},
	layertest.Case{Name: "ELU alpha", New: func() nnlib.Layer { return &nnlib.ELU{Alpha: 0.4} }, In: one(3, 7)},
	layertest.Case{Name: "AdditiveAttention causal", New: func() nnlib.Layer { return &nnlib.AdditiveAttention{UseCausalMask: true} }, In: []nnlib.Shape{{4, 3}, {5, 3}}},
	layertest.Case{Name: "CELU alpha", New: func() nnlib.Layer { return &nnlib.ActivationLayer{Activation: &nnlib.CELU{Alpha: 2}} }, In: one(3, 7)},
	layertest.Case{Name: "masked graph", In: []nnlib.Shape{{7}, {7}}, Below: 9},
	layertest.Case{Name: "DepthwiseConv1D causal", New: func() nnlib.Layer { return &nnlib.DepthwiseConv1D{KernelSize: 2, Padding: "causal"} }, In: one(5, 2)},
)

func one(shape ...int) []nnlib.Shape { return []nnlib.Shape{shape} }

// Every layer of the catalogue goes to Keras 3 and comes back, in every format; and
// models that Keras made predict here what they predict there.
func TestKerasInterchange(t *testing.T) {
	folder := t.TempDir()
	listed := 0
	for k, c := range exchangedCases {
		if refusals[c.Name] != "" {
			listed++
		}
		writeForKeras(t, filepath.Join(folder, fmt.Sprintf("%03d", k)), c)
	}
	if listed != len(refusals) {
		t.Errorf("%d of the %d refusals are of layers in the catalogue", listed, len(refusals))
	}
	out := kerasPython(t, "testdata/keras/interchange.py", folder)
	results := map[string]int{}
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case f[0] == "failed":
			t.Error(line)
		case f[0] == "result":
			k, err := strconv.Atoi(f[1]) // a Sscan takes 034 for octal
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			off, err := strconv.ParseFloat(f[3], 64)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			results[f[2]]++
			if !(off <= interchangeTolerance) {
				t.Errorf("Keras predicts otherwise by %g with %s, read from %s", off, exchangedCases[k].Name, f[2])
			}
		}
	}
	for _, way := range []string{"keras", "json+npz", "json+h5"} {
		if want := len(exchangedCases) - len(refusals); results[way] != want {
			t.Errorf("%d of %d models were read as %s\n%s", results[way], want, way, out)
		}
	}
	t.Run("back", func(t *testing.T) { readBack(t, folder) })
	t.Run("theirs", func(t *testing.T) { readTheirs(t, folder) })
}

func writeForKeras(t *testing.T, path string, c layertest.Case) {
	t.Helper()
	s := nnlib.Within(rng.Root(5))
	var nodes []*nnlib.Node
	var x []any
	var arrays []npz.Array
	for k, shape := range c.In {
		nodes = append(nodes, nnlib.Input(shape...))
		tensor := c.Inputs()[k]
		x = append(x, tensor)
		arrays = append(arrays, array(fmt.Sprintf("x%d", k), tensor))
	}
	out := maskedGraph
	if c.New != nil {
		out = func(in ...*nnlib.Node) *nnlib.Node { return nnlib.Apply(c.New(), in...) }
	}
	m := s.NewModel(nodes, []*nnlib.Node{out(nodes...)})
	stir(m)
	y := predictAll(m, x)[0]
	arrays = append(arrays, array("y", y))
	text, err := m.ToJSON()
	if why := refusals[c.Name]; why != "" {
		for _, err := range []error{err, m.Save(path + ".keras")} {
			if err == nil || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), ".safetensors") || !strings.Contains(err.Error(), "layer ") {
				t.Errorf("%s is written for Keras, or refused otherwise than listed (%s): %v", c.Name, why, err)
			}
		}
		return
	}
	for _, step := range []error{err, os.WriteFile(path+".json", []byte(text), 0o644), npz.WriteFile(path+"_x.npz", arrays...), m.Save(path + ".keras"),
		m.SaveWeights(path + ".npz"), m.SaveWeights(path + ".weights.h5"), m.SaveWeights(path + ".safetensors")} {
		if step != nil {
			t.Fatalf("%s: %v", c.Name, step)
		}
	}
}

// maskedGraph has the masks of two embeddings meet in layers of several inputs.
func maskedGraph(words ...*nnlib.Node) *nnlib.Node {
	a := nnlib.Apply(&nnlib.Embedding{InputDim: 9, OutputDim: 4, MaskZero: true}, words[0])
	b := nnlib.Apply(&nnlib.Embedding{InputDim: 9, OutputDim: 4, MaskZero: true}, words[1])
	seen := nnlib.Apply(&nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3}, a, nnlib.Apply(&nnlib.Attention{}, b, a), b)
	long := nnlib.Apply(&nnlib.Concatenate{Axis: 1, Name: "long"}, nnlib.Apply(&nnlib.Maximum{}, a, seen), nnlib.Apply(&nnlib.Add{}, a, b))
	return nnlib.Apply(&nnlib.LSTM{Units: 3}, long)
}

// stir moves all weights, so that no bias is zero and no two rows are alike.
func stir(m *nnlib.Model) {
	for k, p := range m.Params() {
		s := rng.Root(9).Stream("stir", k)
		for i := range p.Value.Data {
			p.Value.Data[i] += float32(s.Float64() / 4) // upwards: a variance stays positive
		}
	}
}

func predictAll(m *nnlib.Model, x []any) []*nnlib.Tensor {
	if len(x) == 1 {
		return m.PredictAll(x[0])
	}
	return m.PredictAll(x)
}

func array(name string, t *nnlib.Tensor) npz.Array {
	a := npz.Array{Name: name, DType: "<f4", Shape: t.Shape}
	for _, v := range t.Data {
		a.Data = append(a.Data, float64(v))
	}
	return a
}

func fromArray(a npz.Array) *nnlib.Tensor {
	x := nnlib.NewTensor(a.Shape...)
	copy(x.Data, a.Float32s())
	return x
}

// readBack reads what Keras wrote of our models: the same bits must come out.
func readBack(t *testing.T, folder string) {
	for k, c := range exchangedCases {
		if refusals[c.Name] != "" {
			continue
		}
		path := filepath.Join(folder, fmt.Sprintf("%03d", k))
		x, want := exchanged(t, path+"_x.npz")
		m, err := nnlib.LoadModel(path + "_keras.keras")
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		compare(t, c.Name+" .keras", predictAll(m, x), want, 0)
		for _, ending := range []string{"_keras.weights.h5", "_keras.npz", "_keras.keras", ".npz", ".weights.h5"} {
			text, err := os.ReadFile(path + "_keras.json")
			if err != nil {
				t.Fatal(err)
			}
			m, err := nnlib.ModelFromJSON(string(text))
			if err == nil {
				err = m.LoadWeights(path + ending)
			}
			if err != nil {
				t.Errorf("%s %s: %v", c.Name, ending, err)
				continue
			}
			compare(t, c.Name+ending, predictAll(m, x), want, 0)
		}
	}
}

// readTheirs reads Keras's own models.
func readTheirs(t *testing.T, folder string) {
	models, err := filepath.Glob(filepath.Join(folder, "theirs_*.keras"))
	if err != nil || len(models) != 23 {
		t.Fatalf("%d models of Keras's, %v", len(models), err)
	}
	for _, path := range models {
		name := strings.TrimSuffix(filepath.Base(path), ".keras")
		m, err := nnlib.LoadModel(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		x, want := exchanged(t, strings.TrimSuffix(path, ".keras")+"_x.npz")
		compare(t, name, predictAll(m, x), want, interchangeTolerance)
		for _, p := range m.Params() {
			if name == "theirs_frozen" && p.Trainable == strings.HasPrefix(p.Name, "dense_"+frozenNumber(m)) {
				t.Errorf("%s: %s is trainable: %v", name, p.Name, p.Trainable)
			}
		}
	}
}

// frozenNumber is the number in the name of the first of the two layers.
func frozenNumber(m *nnlib.Model) string {
	name, _, _ := strings.Cut(m.Params()[0].Name, "/")
	return strings.TrimPrefix(name, "dense_")
}

func exchanged(t *testing.T, path string) (x []any, y []*nnlib.Tensor) {
	t.Helper()
	arrays, err := npz.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range arrays {
		if strings.HasPrefix(a.Name, "x") {
			x = append(x, fromArray(a))
		} else {
			y = append(y, fromArray(a))
		}
	}
	return x, y
}

func compare(t *testing.T, what string, got, want []*nnlib.Tensor, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d outputs, want %d", what, len(got), len(want))
		return
	}
	for k := range want {
		largest, off := 1e-3, 0.0
		for i, w := range want[k].Data {
			largest = math.Max(largest, math.Abs(float64(w)))
			off = math.Max(off, math.Abs(float64(got[k].Data[i])-float64(w)))
		}
		if !(off <= tolerance*largest) {
			t.Errorf("%s: output %d is %g off", what, k, off/largest)
		}
	}
}
