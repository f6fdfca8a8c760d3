//go:build oracle

package nnlib_test

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
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

// Every layer of the catalogue goes to Keras 3 and comes back, in every format; and
// models that Keras made predict here what they predict there.
func TestKerasInterchange(t *testing.T) {
	folder := t.TempDir()
	for k, c := range layertest.Catalogue {
		writeForKeras(t, filepath.Join(folder, fmt.Sprintf("%03d", k)), c)
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
			var k int
			var off float64
			fmt.Sscan(f[1], &k)
			fmt.Sscan(f[3], &off)
			results[f[2]]++
			if !(off <= interchangeTolerance) {
				t.Errorf("Keras predicts otherwise by %g with %s, read from %s", off, layertest.Catalogue[k].Name, f[2])
			}
		}
	}
	for _, way := range []string{"keras", "json+npz", "json+h5"} {
		if results[way] != len(layertest.Catalogue) {
			t.Errorf("%d of %d models were read as %s\n%s", results[way], len(layertest.Catalogue), way, out)
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
	m := s.NewModel(nodes, []*nnlib.Node{nnlib.Apply(c.New(), nodes...)})
	stir(m)
	y := predictAll(m, x)[0]
	arrays = append(arrays, array("y", y))
	text, err := m.ToJSON()
	for _, step := range []error{err, os.WriteFile(path+".json", []byte(text), 0o644), npz.WriteFile(path+"_x.npz", arrays...), m.Save(path + ".keras"),
		m.SaveWeights(path + ".npz"), m.SaveWeights(path + ".weights.h5"), m.SaveWeights(path + ".safetensors")} {
		if step != nil {
			t.Fatalf("%s: %v", c.Name, step)
		}
	}
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
	for k, c := range layertest.Catalogue {
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
	if err != nil || len(models) != 19 {
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
