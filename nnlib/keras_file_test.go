package nnlib_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/npz"
)

// testdata/keras/small.keras was trained and saved by Keras (small.py), which
// predicted y from x0 and x1.
func TestReadsModelOfKeras(t *testing.T) {
	m, err := nnlib.LoadModel("testdata/keras/small.keras")
	if err != nil {
		t.Fatal(err)
	}
	arrays, err := npz.ReadFile("testdata/keras/small.npz")
	if err != nil || len(arrays) != 3 {
		t.Fatal(arrays, err)
	}
	x := make([]*nnlib.Tensor, 3)
	for k, a := range arrays {
		x[k] = tensor(a.Shape, a.Data)
	}
	near(t, "prediction", m.Predict([]any{x[0], x[1]}).Data, arrays[2].Data, 1e-6)
	if p := m.Params()[0]; p.Name != "conv1d/kernel" {
		t.Error("the layer's name is lost:", p.Name)
	}
}

// A model goes through each format and predicts the same bits; writing twice gives the same bytes.
func TestEveryFormat(t *testing.T) {
	dir := t.TempDir()
	build := func() *nnlib.Model {
		in := nnlib.Input(4, 3)
		return fresh().NewModel([]*nnlib.Node{in}, []*nnlib.Node{in.Apply(&nnlib.GRU{Units: 3}).Apply(&nnlib.Dense{Units: 2, KernelRegularizer: "l2"})})
	}
	m, x := build(), nnlib.NewTensor(2, 4, 3)
	for i := range x.Data {
		x.Data[i] = float32(i) / 8
	}
	for k, p := range m.Params() {
		p.Value.Data[0] += float32(k)
	}
	want := m.Predict(x)
	for _, name := range []string{"m.keras", "m.safetensors"} {
		path := filepath.Join(dir, name)
		must(t, m.Save(path))
		first, _ := os.ReadFile(path)
		must(t, m.Save(path))
		second, _ := os.ReadFile(path)
		back, err := nnlib.LoadModel(path)
		must(t, err)
		if !bytes.Equal(first, second) || !slices.Equal(back.Predict(x).Data, want.Data) {
			t.Error(name, "gives other bytes or bits")
		}
		other := build()
		must(t, other.LoadWeights(path))
		if !slices.Equal(other.Predict(x).Data, want.Data) {
			t.Error(name, "loads other weights")
		}
	}
	for _, name := range []string{"w.npz", "w.weights.h5", "w.safetensors"} {
		path := filepath.Join(dir, name)
		must(t, m.SaveWeights(path))
		other := build()
		must(t, other.LoadWeights(path))
		if !slices.Equal(other.Predict(x).Data, want.Data) {
			t.Error(name, "loads other weights")
		}
	}
	text, err := m.ToJSON()
	must(t, err)
	back, err := nnlib.ModelFromJSON(text)
	must(t, err)
	again, err := back.ToJSON()
	must(t, err)
	if text != again || back.String()[8:] != m.String()[8:] {
		t.Errorf("%s\n%s", text, again)
	}
	if p := back.Params()[4]; p.Regularizer == nil || p.Value.Data[0] == 0 {
		t.Error("ModelFromJSON forgot a regularizer, or drew no weights")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// dense is a Sequential of one Dense layer, as Keras writes it, with one thing changed.
func denseConfig(old, new string) string {
	const config = `{"class_name":"Sequential","config":{"layers":[{"module":"keras.layers","class_name":"InputLayer","config":{"batch_shape":[null,3],"name":"in"}},` +
		`{"module":"keras.layers","class_name":"Dense","config":{"name":"dense","units":2,"dtype":"float32"}}]}}`
	return strings.Replace(config, old, new, 1)
}

func TestKerasMistakes(t *testing.T) {
	if _, err := nnlib.ModelFromJSON(denseConfig("", "")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, say string }{
		{`[null,3]`, `[null,null,3]`, "axis 1 of the model's input has an open length"},
		{`"float32"`, `"float16"`, `layer dense: dtype: "float16" is not what this library does, which is "float32"`},
		{`"units":2`, `"units":2,"use_magic":7`, "layer dense: use_magic: a setting of Dense that is not known here (7)"},
		{`"units":2`, `"units":4611686018427387904`, "dense/kernel: a weight of shape [3 4611686018427387904] has more than 2147483648 numbers"},
		{`"units":2`, `"units":"two"`, "layer dense: Units: json: cannot unmarshal string"},
		{`"Dense"`, `"Lambda"`, "layer dense: Keras's Lambda has no counterpart here"},
		{`"Dense"`, `"Sequential"`, "layer dense is a model within the model"},
		{`"Dense"`, `"BatchNormalization","config":{"name":"b","momentum":0.0}},{"class_name":"Dense"`, "layer b: momentum: 0.0 cannot be said here"},
		{`"Sequential"`, `"MyModel"`, `Keras's class "MyModel" is neither Sequential nor Functional`},
		{`{"class_name"`, `[{"class_name"`, "Keras's config is damaged"},
		{`"Dense"`, `"LSTM","config":{"name":"l","units":2,"return_sequences":true,"zero_output_for_mask":true}},{"class_name":"Dense"`, "layer l: zero_output_for_mask: true is not what this library does"},
		{`"InputLayer"`, `"Dropout"`, "the model was never built"},
		{`"units":2`, `"units":2,"activation":"sparkle"`, `there is no activation "sparkle"`},
	} {
		if _, err := nnlib.ModelFromJSON(denseConfig(c.old, c.new)); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v\nwant %q", c.new, err, c.say)
		}
	}
	if _, err := fresh().NewSequential(&nnlib.Dense{Units: 1}).ToJSON(); err == nil {
		t.Error("a model without a shape has a config")
	}
}

func TestBrokenFiles(t *testing.T) {
	whole, err := os.ReadFile("testdata/keras/small.keras")
	must(t, err)
	dir := t.TempDir()
	m := fresh().NewSequential(&nnlib.Dense{Units: 2, InputDim: 3})
	before := slices.Clone(m.Params()[0].Value.Data)
	must(t, m.SaveWeights(filepath.Join(dir, "w.npz")))
	must(t, m.SaveWeights(filepath.Join(dir, "w.h5")))
	weights, _ := os.ReadFile(filepath.Join(dir, "w.npz"))
	h5, _ := os.ReadFile(filepath.Join(dir, "w.h5"))
	other, _ := npz.Bytes(npz.New("a", make([]float64, 6), 2, 3), npz.New("b", make([]float64, 2), 2))
	safetensors := func(header string, body int) []byte {
		return append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), append([]byte(header), make([]byte, body)...)...)
	}
	for k, c := range []struct {
		data []byte
		say  string
	}{
		{whole, "has 16 weights of layers, the model 2"},
		{whole[:len(whole)-9], "neither a .npy file nor a whole .npz file"},
		{weights[:len(weights)/2], "neither a .npy file nor a whole .npz file"},
		{h5[:len(h5)-1], "the file is cut off"},
		{other, "has a with shape [2 3], the model wants [3 2] for dense_1/kernel"},
		{zipped(t, "config.json", "{}"), "npz: not a whole .npy array"},
		{nil, "is not a whole safetensors file: it has 0 bytes"},
		{binary.LittleEndian.AppendUint64(nil, 1<<60), "its header should have 1152921504606846976 bytes"},
		{safetensors(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4), "it has a twice"},
		{safetensors(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 9), "its tensors have 4 bytes, and 9 are there"},
		{safetensors(`{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}`, 0), "tensor a of shape [4611686018427387904 4]"},
		{safetensors(`{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}`, 8), "of type I64; save it as F32"},
		{safetensors(`[]`, 0), "it does not begin with {"},
	} {
		path := filepath.Join(dir, "broken")
		must(t, os.WriteFile(path, c.data, 0o644))
		if err := m.LoadWeights(path); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%d: %v\nwant %q", k, err, c.say)
		}
	}
	if !slices.Equal(before, m.Params()[0].Value.Data) {
		t.Error("a broken file changed the weights")
	}
	for _, data := range [][]byte{whole[:len(whole)-30], zipped(t, "model.weights.h5", "x")} {
		path := filepath.Join(dir, "broken.keras")
		must(t, os.WriteFile(path, data, 0o644))
		if _, err := nnlib.LoadModel(path); err == nil || !strings.Contains(err.Error(), "is not a whole .keras file") {
			t.Error(err)
		}
	}
}

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	must(t, err)
	fmt.Fprint(w, text)
	must(t, z.Close())
	return b.Bytes()
}

// Other types of safetensors are read too: the bits of 1.5.
func TestSafetensorsTypes(t *testing.T) {
	m := fresh().NewSequential(&nnlib.Dense{Units: 1, InputDim: 1, NoBias: true, Name: "d"})
	for dtype, bits := range map[string]string{"F16": "\x00\x3e", "BF16": "\xc0\x3f", "F64": "\x00\x00\x00\x00\x00\x00\xf8\x3f"} {
		header := fmt.Sprintf(`{"d/kernel":{"dtype":"%s","shape":[1,1],"data_offsets":[0,%d]}}  `, dtype, len(bits))
		path := filepath.Join(t.TempDir(), "w")
		must(t, os.WriteFile(path, append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header+bits...), 0o644))
		must(t, m.LoadWeights(path))
		if v := m.Params()[0].Value.Data[0]; v != 1.5 {
			t.Errorf("%s is read as %v", dtype, v)
		}
	}
}

// Whatever the bytes, loading ends, in a model or in an error.
func FuzzLoadModel(f *testing.F) {
	whole, err := os.ReadFile("testdata/keras/small.keras")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(denseConfig("", "")))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "m")
		must(t, os.WriteFile(path, data, 0o644))
		nnlib.LoadModel(path)
		nnlib.ModelFromJSON(string(data))
	})
}
